package dev.pingcheck.engine.socket;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Send stamps that a test's kernel gives. */
final class SimulatedNotices implements SendNotices {
  record Stamp(int key, long time) {}

  final List<Stamp> later = new ArrayList<>();
  private List<Stamp> shown = List.of();

  void show() {
    shown = List.copyOf(later);
    later.clear();
  }

  @Override
  public int count() {
    return shown.size();
  }

  @Override
  public boolean isStamp(int index) {
    return true;
  }

  @Override
  public int key(int index) {
    return shown.get(index).key();
  }

  @Override
  public long kernelStamp(int index) {
    return shown.get(index).time();
  }

  @Override
  public int type(int index) {
    throw new IllegalStateException("no error");
  }

  @Override
  public int code(int index) {
    throw new IllegalStateException("no error");
  }

  @Override
  public int mtu(int index) {
    throw new IllegalStateException("no error");
  }

  @Override
  public long offenderHigh(int index) {
    throw new IllegalStateException("no error");
  }

  @Override
  public long offenderLow(int index) {
    throw new IllegalStateException("no error");
  }

  @Override
  public long destinationHigh(int index) {
    throw new IllegalStateException("no error");
  }

  @Override
  public long destinationLow(int index) {
    throw new IllegalStateException("no error");
  }

  @Override
  public MemorySegment octets(int index) {
    throw new IllegalStateException("no error");
  }

  @Override
  public int length(int index) {
    throw new IllegalStateException("no error");
  }
}
