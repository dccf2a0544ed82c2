package dev.pingcheck.report.metrics;

import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;
import java.util.stream.Stream;

/** Two live collections as one. */
final class Joined<T> extends AbstractCollection<T> {
  private final Collection<T> first;
  private final Collection<T> second;

  Joined(Collection<T> first, Collection<T> second) {
    this.first = first;
    this.second = second;
  }

  @Override
  public Iterator<T> iterator() {
    return Stream.concat(first.stream(), second.stream()).iterator();
  }

  @Override
  public int size() {
    return first.size() + second.size();
  }
}
