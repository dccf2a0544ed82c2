package dev.pingcheck.resolve;

import org.xbill.DNS.Name;

/** What a server is asked: the addresses of one family of one full name. */
record Question(Name name, Family family) {}
