#!/usr/bin/env bash
# Lays an OpenSearch node out from Maven Central's jars: install-node.sh HOME. Needs Java 17 or later, and Maven.
# There is no container here, and the distribution's archive lies where a build may not reach.
set -euo pipefail
version=2.19.1 knn=2.19.1.0 home=${1:?a folder for the node}
export JAVA_HOME=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dependency() { # group, artifact, version
  printf '<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>' "$@"
}
jars() { # name, dependencies: into $work/NAME/jars
  mkdir -p "$work/$1"
  printf '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>t</groupId><artifactId>%s</artifactId><version>1</version><packaging>pom</packaging><dependencies>%s</dependencies></project>' "$1" "$2" >"$work/$1/pom.xml"
  (cd "$work/$1" && mvn -q -B dependency:copy-dependencies -DoutputDirectory="$work/$1/jars" >"$work/$1.log" 2>&1) || { cat "$work/$1.log" >&2; exit 1; }
}
module() { # name, class, group, artifact [, extended plugins]
  local home_module="$home/modules/$1" jar name
  jars "$1" "$(dependency "$3" "$4" "$version")"
  mkdir -p "$home_module"
  for jar in "$work/$1"/jars/*.jar; do
    name=$(basename "$jar")
    [ -e "$home/lib/$name" ] || cp "$jar" "$home_module/"
  done
  printf 'description=%s\nversion=%s\nname=%s\nclassname=%s\njava.version=11\nopensearch.version=%s\nextended.plugins=%s\nhas.native.controller=false\n' \
    "$1" "$version" "$1" "$2" "$version" "${5:-}" >"$home_module/plugin-descriptor.properties"
}
policy() { # name, permissions
  local file="$home/modules/$1/plugin-security.policy" one
  shift
  { printf 'grant {\n'; for one in "$@"; do printf '  permission %s;\n' "$one"; done; printf '};\n'; } >"$file"
}

rm -rf "$home"
mkdir -p "$home"/{bin,extensions,lib,modules,plugins}
jars core "$(dependency org.opensearch opensearch "$version")$(dependency org.opensearch opensearch-plugin-classloader "$version")$(dependency org.apache.logging.log4j log4j-core 2.21.0)"
cp "$work"/core/jars/*.jar "$home/lib/"
module transport-netty4 org.opensearch.transport.Netty4Plugin org.opensearch.plugin transport-netty4-client
module analysis-common org.opensearch.analysis.common.CommonAnalysisPlugin org.opensearch.plugin analysis-common lang-painless
module lang-painless org.opensearch.painless.PainlessPlugin org.opensearch.plugin lang-painless
module reindex org.opensearch.index.reindex.ReindexPlugin org.opensearch.plugin reindex-client
policy analysis-common 'java.lang.RuntimePermission "createClassLoader"' 'java.lang.RuntimePermission "getClassLoader"'
policy lang-painless 'java.lang.RuntimePermission "createClassLoader"' 'java.lang.RuntimePermission "getClassLoader"'
policy transport-netty4 'java.net.SocketPermission "*", "accept,connect,listen,resolve"' \
  'java.util.PropertyPermission "*", "read,write"' 'java.net.NetPermission "getNetworkInformation"' \
  'java.lang.reflect.ReflectPermission "suppressAccessChecks"' 'java.lang.RuntimePermission "accessDeclaredMembers"' \
  'java.lang.RuntimePermission "reflectionFactoryAccess"' 'java.lang.RuntimePermission "getClassLoader"' \
  'java.lang.RuntimePermission "setContextClassLoader"'
mvn -q -B dependency:get -Dtransitive=false -Dartifact="org.opensearch.plugin:opensearch-knn:$knn:zip" >"$work/knn.log" 2>&1 || { cat "$work/knn.log" >&2; exit 1; }
mvn -q -B dependency:copy -Dartifact="org.opensearch.plugin:opensearch-knn:$knn:zip" -DoutputDirectory="$work" >"$work/knn.log" 2>&1 || { cat "$work/knn.log" >&2; exit 1; }
mkdir -p "$home/plugins/opensearch-knn"
(cd "$home/plugins/opensearch-knn" && jar xf "$work/opensearch-knn-$knn.zip" 2>/dev/null || unzip -qo "$work/opensearch-knn-$knn.zip" -d "$home/plugins/opensearch-knn")
chmod -R a+rX "$home"
