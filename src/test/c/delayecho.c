/* delayecho: answers ICMP echo requests after a fixed delay, in place of a kernel that was told to ignore them.
 * delayecho DELAY_US: on a raw socket of its network namespace, until it is killed. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/ip_icmp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>

#define WAITING 4096
#define SIZE 2048

struct reply {
  uint64_t due;
  struct sockaddr_in to;
  int size;
  unsigned char octets[SIZE];
};

static struct reply queue[WAITING];

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000ull + t.tv_nsec;
}

/* A reply differs from its request in the type alone: 8 becomes 0 (RFC 1624). */
static void turn(struct icmphdr *header) {
  uint32_t sum = (uint32_t)header->checksum + htons(0x0800);
  header->type = ICMP_ECHOREPLY;
  header->checksum = (sum & 0xffff) + (sum >> 16);
}

int main(int count, char **arguments) {
  if (count != 2) {
    fprintf(stderr, "usage: delayecho DELAY_US\n");
    return 2;
  }
  uint64_t delay = strtoull(arguments[1], NULL, 10) * 1000;
  int s = socket(AF_INET, SOCK_RAW | SOCK_NONBLOCK, IPPROTO_ICMP);
  if (s < 0) {
    perror("delayecho: socket");
    return 1;
  }
  prctl(PR_SET_TIMERSLACK, 1UL);
  unsigned first = 0, next = 0;
  for (;;) {
    unsigned char packet[SIZE];
    struct sockaddr_in from;
    socklen_t length = sizeof from;
    ssize_t size = recvfrom(s, packet, sizeof packet, 0, (struct sockaddr *)&from, &length);
    uint64_t time = now();
    int header = size > 0 ? (packet[0] & 15) * 4 : 0;
    if (size >= header + 8 && header >= 20 && packet[header] == ICMP_ECHO && next - first < WAITING) {
      struct reply *r = &queue[next++ % WAITING];
      r->due = time + delay;
      r->to = from;
      r->size = size - header;
      memcpy(r->octets, packet + header, r->size);
      turn((struct icmphdr *)r->octets);
    }
    while (first != next && queue[first % WAITING].due <= now()) {
      struct reply *r = &queue[first++ % WAITING];
      sendto(s, r->octets, r->size, 0, (struct sockaddr *)&r->to, sizeof r->to);
    }
    if (size < 0 && errno == EAGAIN) {
      struct pollfd p = {s, POLLIN, 0};
      struct timespec wait = {1, 0};
      if (first != next) {
        uint64_t due = queue[first % WAITING].due, at = now();
        wait.tv_sec = 0;
        wait.tv_nsec = due > at ? due - at : 0;
      }
      ppoll(&p, 1, &wait, NULL);
    }
  }
}
