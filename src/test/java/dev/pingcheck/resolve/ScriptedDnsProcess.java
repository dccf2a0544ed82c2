package dev.pingcheck.resolve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * A DNS server as a process, for a network namespace. It does what the word in a file says, read at
 * each question: {@code silent}, {@code servfail}, {@code nxdomain}, {@code all} and addresses, or
 * {@code turn} and addresses, of which each answer has one. The time to live is 0. How many
 * questions for IPv4 addresses it has answered stands in the file beside it.
 */
final class ScriptedDnsProcess {
  private static final int PORT = 53;

  private final Path script;
  private final AtomicInteger answered = new AtomicInteger();

  private ScriptedDnsProcess(Path script) {
    this.script = script;
  }

  public static void main(String[] args) throws Exception {
    ScriptedDnsProcess process = new ScriptedDnsProcess(Path.of(args[1]));
    rehearse();
    try (ScriptedDns dns = new ScriptedDns(args[0], PORT, process::answer)) {
      process.tell(0);
      Thread.currentThread().join();
    }
  }

  /**
   * Loads what an answer needs, as a resolver waits for the first one no longer than for others.
   */
  private static void rehearse() throws IOException {
    Name name = Name.fromConstantString("rehearsal.example.");
    Message question = Message.newQuery(Record.newRecord(name, Type.A, DClass.IN));
    List<String> many = Collections.nCopies(50, "192.0.2.1");
    new Message(ScriptedDns.addresses(new Message(question.toWire()), 0, many).toWire(512));
  }

  /** The file in which the number of answers stands; made when the server can be asked. */
  static Path count(Path script) {
    return script.resolveSibling(script.getFileName() + ".count");
  }

  private Optional<Message> answer(Message question) {
    String[] words = read().split("\\s+");
    List<String> addresses = Arrays.asList(words).subList(1, words.length);
    return switch (words[0]) {
      case "servfail" -> Optional.of(ScriptedDns.reply(question, Rcode.SERVFAIL));
      case "nxdomain" -> Optional.of(ScriptedDns.reply(question, Rcode.NXDOMAIN));
      case "all" -> Optional.of(counted(ScriptedDns.addresses(question, 0, addresses)));
      case "turn" -> {
        String next = addresses.get(answered.get() % addresses.size());
        yield Optional.of(counted(ScriptedDns.addresses(question, 0, List.of(next))));
      }
      default -> Optional.empty();
    };
  }

  private Message counted(Message reply) {
    if (reply.getQuestion().getType() == Type.A) {
      tell(answered.incrementAndGet());
    }
    return reply;
  }

  private void tell(int number) {
    try {
      // In one step: the test may be reading it.
      Path written = script.resolveSibling(script.getFileName() + ".written");
      Files.writeString(written, Integer.toString(number));
      Files.move(written, count(script), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String read() {
    try {
      return Files.readString(script).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
