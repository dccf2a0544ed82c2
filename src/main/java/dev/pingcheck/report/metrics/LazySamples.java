package dev.pingcheck.report.metrics;

import java.util.AbstractSequentialList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.function.Function;

/** A list whose elements are made one source after the other while it is walked through. */
final class LazySamples<S, E> extends AbstractSequentialList<E> {
  private final Collection<S> sources;
  private final Function<S, List<E>> elements;

  LazySamples(Collection<S> sources, Function<S, List<E>> elements) {
    this.sources = sources;
    this.elements = elements;
  }

  @Override
  public Iterator<E> iterator() {
    return sources.stream().flatMap(source -> elements.apply(source).stream()).iterator();
  }

  @Override
  public ListIterator<E> listIterator(int index) {
    return List.copyOf(sources.stream().flatMap(s -> elements.apply(s).stream()).toList())
        .listIterator(index);
  }

  @Override
  public int size() {
    return sources.stream().mapToInt(source -> elements.apply(source).size()).sum();
  }
}
