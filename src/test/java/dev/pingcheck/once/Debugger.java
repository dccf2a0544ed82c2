package dev.pingcheck.once;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.MethodExitEvent;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.MethodExitRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * Kills a Java process at an exact place of its code, as the kernel would: no thread goes on, and
 * the code needs no hook for it.
 */
final class Debugger {

  /**
   * A place of the code.
   *
   * @param type the class's full name; it is loaded when the place is awaited
   * @param returning whether the method is about to return, else it is about to begin
   * @param pass which time of coming there counts, from 1
   */
  record Place(String type, String method, boolean returning, int pass) {}

  private final VirtualMachine machine;
  private final Place place;

  /** Attaches, and stops everything at this place from now on. */
  Debugger(int port, Place place) {
    this.place = place;
    machine = attach(port);
    ReferenceType type = machine.classesByName(place.type()).getFirst();
    if (place.returning()) {
      MethodExitRequest exit = machine.eventRequestManager().createMethodExitRequest();
      exit.addClassFilter(type);
      exit.setSuspendPolicy(EventRequest.SUSPEND_ALL);
      exit.enable();
    } else {
      EventRequest entry =
          machine
              .eventRequestManager()
              .createBreakpointRequest(type.methodsByName(place.method()).getFirst().location());
      entry.setSuspendPolicy(EventRequest.SUSPEND_ALL);
      entry.enable();
    }
  }

  private static VirtualMachine attach(int port) {
    AttachingConnector socket =
        Bootstrap.virtualMachineManager().attachingConnectors().stream()
            .filter(connector -> connector.name().equals("com.sun.jdi.SocketAttach"))
            .findFirst()
            .orElseThrow();
    Map<String, Connector.Argument> arguments = socket.defaultArguments();
    arguments.get("hostname").setValue("127.0.0.1");
    arguments.get("port").setValue(Integer.toString(port));
    try {
      return socket.attach(arguments);
    } catch (IOException | IllegalConnectorArgumentsException e) {
      throw new IllegalStateException("cannot attach to the process to be killed", e);
    }
  }

  /** Waits until the place is reached, and kills the process there. */
  void killThere(Process process, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    int passes = 0;
    while (passes < place.pass()) {
      EventSet events =
          machine.eventQueue().remove(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
      if (events == null) {
        throw new AssertionError("the process never came to " + place);
      }
      for (Event event : events) {
        passes += isThere(event) ? 1 : 0;
      }
      if (passes < place.pass()) {
        events.resume();
      }
    }
    Processes.kill(process);
    try {
      machine.dispose();
    } catch (VMDisconnectedException expected) {
      // It is dead.
    }
  }

  private boolean isThere(Event event) {
    return event instanceof BreakpointEvent
        || (event instanceof MethodExitEvent exit && exit.method().name().equals(place.method()));
  }
}
