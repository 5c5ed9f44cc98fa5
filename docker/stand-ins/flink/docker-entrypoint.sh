#!/usr/bin/env bash
# The entry point of the official Flink images as far as the Anabranch image relies on it: FLINK_PROPERTIES,
# JOB_MANAGER_RPC_ADDRESS and ENABLE_BUILT_IN_PLUGINS; jobmanager, standalone-job and taskmanager; anything else is run as it is.
# Configuration is merged, and memory divided, by the class of Flink that the official scripts call for it, too.
set -euo pipefail

# java_utils COMMAND OPTION...: the lines that it answers
java_utils() {
  java -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$FLINK_HOME/lib/*" org.apache.flink.runtime.util.bash.BashJavaUtils "$1" \
    --configDir "$FLINK_HOME/conf" --binDir "$FLINK_HOME/bin" --libDir "$FLINK_HOME/lib" "${@:2}" |
    sed -n 's/^BASH_JAVA_UTILS_EXEC_RESULT://p'
}

plugins=${ENABLE_BUILT_IN_PLUGINS:-}
for plugin in ${plugins//;/ }; do
  mkdir -p "$FLINK_HOME/plugins/${plugin%.jar}"
  ln -fs "$FLINK_HOME/opt/$plugin" "$FLINK_HOME/plugins/${plugin%.jar}"
done

options=("-Djobmanager.rpc.address=${JOB_MANAGER_RPC_ADDRESS:-$(hostname -f)}" -Dblob.server.port=6124)
while IFS= read -r property; do
  # The official entry point takes out blanks, also those inside of values. Who relies on them must notice here.
  property=${property//[[:space:]]/}
  [ -z "$property" ] || options+=("-D${property%%:*}=$(envsubst <<<"${property#*:}")")
done <<<"${FLINK_PROPERTIES:-}"
merged=$(java_utils UPDATE_AND_GET_FLINK_CONFIGURATION "${options[@]}")
printf '%s\n' "$merged" >"$FLINK_HOME/conf/config.yaml"

add_opens=$(grep "^--" "$FLINK_HOME/conf/jvmargs" | tr "\n" " ")
start() {
  # Many processes on a few cores: quick starts are worth more than fast code.
  # Unquoted on purpose: options, separated by blanks.
  # shellcheck disable=SC2086
  exec java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 $1 $add_opens "-Dlog4j.configurationFile=file:$FLINK_HOME/conf/log4j-console.properties" \
    -cp "$FLINK_HOME/lib/*" "$2" --configDir "$FLINK_HOME/conf" "${@:3}"
}

case ${1:-help} in
  help)
    echo "Usage: $(basename "$0") (jobmanager|standalone-job|taskmanager)"
    ;;
  taskmanager)
    { read -r jvm; read -r settings; } < <(java_utils GET_TM_RESOURCE_PARAMS)
    # shellcheck disable=SC2086
    start "$jvm" org.apache.flink.runtime.taskexecutor.TaskManagerRunner $settings "${@:2}"
    ;;
  jobmanager | standalone-job)
    { read -r jvm; read -r settings; } < <(java_utils GET_JM_RESOURCE_PARAMS)
    class=org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint
    # The application's jars are on the class path of the process's user code, from usrlib.
    [ "$1" = jobmanager ] || class=org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint
    # shellcheck disable=SC2086
    start "$jvm" "$class" $settings "${@:2}"
    ;;
  *)
    exec "$@"
    ;;
esac
