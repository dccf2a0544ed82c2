# Sourced by the scripts beside it: words to the user, the JDK, Debian packages, processes by pid file.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/tools/java.sh"
# A user's PATH on Debian has no sbin, where ip, nft and dnsmasq live.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

say() { printf 'pingcheck: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# --- the JDK ---

is_jdk_25() { [[ -x $1/bin/javac ]] && (($(java_version "$1") == 25)); }

# Prints the folder of a JDK 25: JAVA_HOME if it is one, else the first found where systems keep theirs.
find_jdk() {
  local candidate
  for candidate in "${JAVA_HOME:-}" "${java_folders[@]}"; do
    if [[ -n $candidate ]] && is_jdk_25 "$candidate"; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  die "no JDK 25 found: install one below /usr/lib/jvm or /opt, or set JAVA_HOME to its folder"
}

use_jdk() {
  JAVA_HOME=$(find_jdk)
  # Debian's Maven brings libraries of old that a JDK 25 warns of at each start.
  MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}"
  export JAVA_HOME MAVEN_OPTS
}

# --- what tools/build makes ---

artefacts=("$root/target/quarkus-app/quarkus-run.jar" "$root/target/probe/pingcheck.jar")

is_built() {
  local each
  for each in "${artefacts[@]}"; do [[ -e $each ]] || return 1; done
}

# --- the probe's JVM ---

# shellcheck disable=SC2034 # for the scripts that source this
probe_options=$root/src/main/jvm/probe.options
# Its classes as the JVM has them in memory, made by tools/build. Valid for one JDK, these jars and these options.
probe_archive=$root/target/probe/probe.aot

# In one order, whatever the file system's: an archive holds for that class path alone.
probe_class_path() { printf '%s' "$root/target/probe/pingcheck.jar"; printf ':%s' "$root"/target/probe/lib/*.jar; }

probe_archive_is_valid() {
  [[ $probe_archive -nt $root/target/probe/pingcheck.jar && $probe_archive -nt $probe_options ]] &&
    cmp -s "$JAVA_HOME/release" "$probe_archive.jdk"
}

# --- the operator's JVM ---

# shellcheck disable=SC2034 # for the scripts that source this
operator_options=$root/src/main/jvm/operator.options
# What a JVM learned in a training run, made by tools/aot. Valid for one JDK, these jars and these options.
operator_cache=$root/target/aot/operator.aot

operator_cache_is_valid() {
  [[ $operator_cache -nt $root/target/quarkus-app/quarkus-run.jar && $operator_cache -nt $operator_options ]] &&
    cmp -s "$JAVA_HOME/release" "$operator_cache.jdk"
}

# --- the plugin's JVM ---

# shellcheck disable=SC2034 # for the scripts that source this
plugin_options=$root/src/main/jvm/plugin.options
# Made by the JVM itself at the end of a first command, and made anew when it is not valid any more.
plugin_archive=$root/target/plugin/plugin.jsa

# The probe's jars and the operator's Kubernetes client: nothing of Quarkus is started.
plugin_class_path() {
  local jar
  probe_class_path
  for jar in "$root"/target/quarkus-app/lib/main/{com.fasterxml.,io.fabric8.,io.vertx.,org.bouncycastle.,org.snakeyaml.,org.yaml.}*.jar \
    "$root"/target/quarkus-app/lib/main/io.netty.netty-{codec-dns,resolver-dns,handler-proxy,codec-socks}-*.jar; do
    printf ':%s' "$jar"
  done
}

# --- Debian packages ---

# The package that brings a command (or, for libpcap, a library).
package_of() {
  case $1 in
    mvn) echo maven ;;
    ip) echo iproute2 ;;
    nft) echo nftables ;;
    dnsmasq) echo dnsmasq-base ;;
    ping) echo iputils-ping ;;
    libpcap) echo libpcap0.8 ;;
    nsenter) echo util-linux ;;
    chromedriver) echo chromium-driver ;;
    *) echo "$1" ;;
  esac
}

is_there() {
  case $1 in
    libpcap) ldconfig -p | grep -q 'libpcap\.so' ;;
    containernetworking-plugins) [[ -x /usr/lib/cni/bridge ]] ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

# need COMMAND...: installs the Debian packages of those that are missing, or says how to.
need() {
  local command log packages=()
  for command in "$@"; do is_there "$command" || packages+=("$(package_of "$command")"); done
  [[ ${#packages[@]} -gt 0 ]] || return 0
  command -v apt-get >/dev/null || die "please install what brings these Debian packages: ${packages[*]}"
  ((EUID == 0)) || die "packages are missing; install them with: sudo apt-get install --no-install-recommends ${packages[*]}"
  say "installing Debian packages: ${packages[*]}"
  log=$(mktemp)
  export DEBIAN_FRONTEND=noninteractive
  # An update that fails in part (a third party's list, say) need not stop the installation.
  apt-get -qq update >"$log" 2>&1 || true
  if ! apt-get -qq -y --no-install-recommends -o DPkg::Lock::Timeout=120 install "${packages[@]}" >>"$log" 2>&1; then
    tail -n 15 "$log" >&2
    rm -f "$log"
    die "apt-get could not install ${packages[*]} (its last lines stand above)"
  fi
  rm -f "$log"
}

# --- processes ---
# A pid file holds "PID START", START being the start time from /proc/PID/stat: a number that was given
# to another process in the meantime never matches, so that no foreign process is ever ended.

# Prints the start time of a process that is neither gone nor a zombie. A zombie of which threads are left
# still holds its ports.
start_time() {
  local stat fields threads
  { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
  read -ra fields <<<"${stat##*) }" # the name before it may hold blanks and brackets
  threads=("/proc/$1/task/"*)
  [[ ${fields[0]} != [ZX] || ${#threads[@]} -gt 1 ]] && echo "${fields[19]}"
}

# pid_of PIDFILE: prints the pid while that very process lives.
pid_of() {
  local pid start
  { read -r pid start <"$1"; } 2>/dev/null || return 1
  [[ $pid =~ ^[0-9]+$ && -n $start && $(start_time "$pid") == "$start" ]] && echo "$pid"
}

alive() { pid_of "$1" >/dev/null; }

# record PIDFILE PID
record() {
  mkdir -p "$(dirname "$1")"
  printf '%s %s\n' "$2" "$(start_time "$2" || echo gone)" >"$1"
}

# launch PIDFILE LOG COMMAND...: starts it in a session of its own, out of reach of the terminal's Ctrl-C.
launch() {
  local pidfile=$1 log=$2
  shift 2
  mkdir -p "$(dirname "$log")"
  [[ ! -s $log ]] || mv -f "$log" "$log.old"
  setsid "$@" </dev/null >"$log" 2>&1 9>&- & # 9 is the file descriptor of lock
  record "$pidfile" $!
  disown $! # its end is for the script to tell, not for the shell
}

# finish PIDFILE [SECONDS]: TERM, then KILL after that time; forgets a pid file whose process is gone.
finish() {
  local pidfile=$1 patience=${2:-10} pid tick
  if pid=$(pid_of "$pidfile"); then
    kill -TERM "$pid" 2>/dev/null || true
    for ((tick = 0; tick < patience * 20; tick++)); do
      alive "$pidfile" || break
      sleep 0.05
    done
    if alive "$pidfile"; then
      say "process $pid ($(basename "$pidfile")) did not end within $patience s of SIGTERM: SIGKILL"
      kill -KILL "$pid" 2>/dev/null || true
      while alive "$pidfile"; do sleep 0.05; done
    fi
  fi
  rm -f "$pidfile"
}

# lock FILE: takes the lock until this script ends; 1 if another script has it (flock 9 then waits for it).
lock() {
  mkdir -p "$(dirname "$1")"
  exec 9>>"$1"
  flock -n 9
}

# --- loopback ports ---

listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Prints a port that nobody listens on, below the range of outgoing connections, which would take it soon.
free_port() {
  local candidate
  for candidate in "$@" $(shuf -i 20000-31999 -n 50); do
    if ! listening "$candidate"; then
      echo "$candidate"
      return
    fi
  done
  die "no free port on 127.0.0.1 between 20000 and 31999"
}

# http_get PORT PATH: prints the answer with its head; 1 if nobody answers.
http_get() (
  { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null || exit 1
  printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' "$2" >&3
  timeout 2 cat <&3
)
