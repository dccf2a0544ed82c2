# Sourced by lib.sh, and by kubectl-pingcheck wherever it was unpacked: where systems keep a Java, and which one it is.
# shellcheck shell=bash

# shellcheck disable=SC2034 # for the scripts that source this
java_folders=(/usr/lib/jvm/* /usr/java/* /usr/local/*jdk* /opt/java* /opt/java/* /opt/*jdk*
  "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/*)

# java_version FOLDER: prints the major version of the Java in it, such as 25; 0 if there is none.
java_version() {
  local release=
  [[ ! -x $1/bin/java || ! -r $1/release ]] || release=$'\n'$(<"$1/release")
  if [[ $release =~ $'\n'JAVA_VERSION=\"([0-9]+) ]]; then echo "${BASH_REMATCH[1]}"; else echo 0; fi
}
