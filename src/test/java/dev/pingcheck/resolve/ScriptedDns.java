package dev.pingcheck.resolve;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A DNS server that answers as a test says, also wrongly or not at all, over UDP and TCP; counts
 * the questions.
 */
final class ScriptedDns implements AutoCloseable {
  private static final int LONGEST_UDP = 512;

  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final AtomicInteger questions = new AtomicInteger();
  private final AtomicInteger overTcp = new AtomicInteger();

  ScriptedDns(Function<Message, Optional<Message>> script) throws IOException {
    this("127.0.0.1", Dnsmasq.freePort(), script);
  }

  ScriptedDns(String address, int port, Function<Message, Optional<Message>> script)
      throws IOException {
    udp = new DatagramSocket(port, InetAddress.ofLiteral(address));
    tcp = new ServerSocket(port, 10, InetAddress.ofLiteral(address));
    Thread.ofPlatform().daemon().start(() -> serveUdp(script));
    Thread.ofPlatform().daemon().start(() -> serveTcp(script));
  }

  private void serveUdp(Function<Message, Optional<Message>> script) {
    byte[] room = new byte[4096];
    while (!udp.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(room, room.length);
        udp.receive(packet);
        questions.incrementAndGet();
        byte[] asked = Arrays.copyOf(room, packet.getLength());
        Optional<Message> answer = script.apply(new Message(asked));
        if (answer.isPresent()) {
          byte[] octets = answer.get().toWire(LONGEST_UDP);
          udp.send(new DatagramPacket(octets, octets.length, packet.getSocketAddress()));
        }
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serveTcp(Function<Message, Optional<Message>> script) {
    while (!tcp.isClosed()) {
      try (Socket client = tcp.accept()) {
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        byte[] asked = in.readNBytes(in.readUnsignedShort());
        overTcp.incrementAndGet();
        Optional<Message> answer = script.apply(new Message(asked));
        if (answer.isPresent()) {
          byte[] octets = answer.get().toWire(65_535);
          out.writeShort(octets.length);
          out.write(octets);
          out.flush();
          in.read(); // until the client has read it and closes
        }
      } catch (IOException closedOrCutOff) {
        // The next one.
      }
    }
  }

  int port() {
    return udp.getLocalPort();
  }

  /** How many came over UDP. */
  int questions() {
    return questions.get();
  }

  int questionsOverTcp() {
    return overTcp.get();
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }

  /** An answer without records. */
  static Message reply(Message question, int rcode) {
    Message reply = new Message(question.getHeader().getID());
    reply.getHeader().setFlag(Flags.QR);
    reply.getHeader().setRcode(rcode);
    reply.addRecord(question.getQuestion(), Section.QUESTION);
    return reply;
  }

  /** What a question for A records is answered; others get an answer without records. */
  static Message addresses(Message question, long ttl, List<String> addresses) {
    Message reply = reply(question, Rcode.NOERROR);
    Name name = question.getQuestion().getName();
    if (question.getQuestion().getType() == Type.A) {
      addresses.forEach(address -> reply.addRecord(a(name, ttl, address), Section.ANSWER));
    }
    return reply;
  }

  static Record a(Name name, long ttl, String address) {
    return new org.xbill.DNS.ARecord(name, DClass.IN, ttl, InetAddress.ofLiteral(address));
  }

  static Record alias(Name name, long ttl, Name target) {
    return new CNAMERecord(name, DClass.IN, ttl, target);
  }
}
