# Sourced by the scripts beside it: moves to the project's root, finds a JDK and Maven.
# Runs on the bash 3.2 of macOS and on Git Bash as well.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

required_java=25

is_windows() {
    case "$(uname -s)" in
        MINGW* | MSYS* | CYGWIN*) return 0 ;;
        *) return 1 ;;
    esac
}

# unix_path PATH: PATH as bash spells it (C:\x is /c/x under Git Bash).
unix_path() {
    if is_windows; then cygpath -u "$1"; else printf '%s\n' "$1"; fi
}

# path_list PATH...: the paths as one argument for java, joined by this system's separator.
path_list() {
    local separator=: list=
    if is_windows; then separator=';'; fi
    local path
    for path in "$@"; do list="$list${list:+$separator}$path"; done
    printf '%s\n' "$list"
}

# is_jdk HOME: HOME is a JDK (it has javac) of the required version or newer.
is_jdk() {
    [ -n "$1" ] && [ -f "$1/release" ] || return 1
    [ -x "$1/bin/javac" ] || [ -x "$1/bin/javac.exe" ] || return 1
    local version
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    [ "${version:-0}" -ge "$required_java" ]
}

# candidate_jdks: places where a JDK may be, one a line, the most deliberate choice first.
candidate_jdks() {
    if [ -n "${JAVA_HOME:-}" ]; then unix_path "$JAVA_HOME"; fi
    if command -v java >/dev/null; then
        local home
        home=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p' | tr -d '\r') || home=
        if [ -n "$home" ]; then unix_path "$home"; fi
    fi
    if [ -x /usr/libexec/java_home ]; then /usr/libexec/java_home -v "$required_java" 2>/dev/null || true; fi
    local home
    for home in \
        /usr/lib/jvm/* \
        /usr/java/* \
        /opt/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        "$HOME"/.sdkman/candidates/java/* \
        "$HOME"/.jdks/* \
        "$HOME"/.jdks/*/Contents/Home \
        "/c/Program Files/Java"/* \
        "/c/Program Files/Eclipse Adoptium"/* \
        "/c/Program Files/Microsoft"/jdk* \
        "/c/Program Files/Zulu"/* \
        "/c/Program Files/Amazon Corretto"/*; do
        if [ -d "$home" ]; then printf '%s\n' "$home"; fi
    done
}

explain_missing_jdk() {
    echo "No JDK $required_java or newer was found (JAVA_HOME, java on the PATH, and the usual folders)."
    echo "Install one, then run this command again:"
    case "$(uname -s)" in
        Darwin) echo "  brew install --cask temurin@25" ;;
        MINGW* | MSYS* | CYGWIN*) echo "  winget install EclipseAdoptium.Temurin.25.JDK" ;;
        *)
            if command -v apt-get >/dev/null; then
                echo "  sudo apt-get install openjdk-25-jdk-headless"
                echo "or, where the distribution has no such package, Temurin 25: https://adoptium.net/installation/linux/"
            elif command -v dnf >/dev/null; then
                echo "  sudo dnf install java-25-openjdk-devel"
                echo "or, where the distribution has no such package, Temurin 25: https://adoptium.net/installation/linux/"
            else
                echo "  Temurin 25: https://adoptium.net/installation/linux/"
            fi
            ;;
    esac
    if ! is_windows; then
        echo "or, with SDKMAN (https://sdkman.io):"
        echo "  sdk install java 25-tem"
    fi
    echo "A JDK in another folder is found through JAVA_HOME."
} >&2

# use_jdk: sets and exports JAVA_HOME, or says how to install a JDK and ends the script.
use_jdk() {
    local home
    while IFS= read -r home; do
        if is_jdk "$home"; then
            export JAVA_HOME=$home
            return
        fi
    done < <(candidate_jdks)
    explain_missing_jdk
    exit 1
}

# has_maven: an installed Maven that is new enough for the plugins (3.8).
has_maven() {
    # Maven 3 itself uses what Java 25 warns about.
    export MAVEN_OPTS="${MAVEN_OPTS:-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
    command -v mvn >/dev/null || return 1
    local version
    version=$(mvn --quiet --version 2>/dev/null | grep -Eo '[0-9]+\.[0-9]+' | sed -n 1p) || return 1
    local major=${version%.*} minor=${version#*.}
    [ "$major" -gt 3 ] || { [ "$major" -eq 3 ] && [ "$minor" -ge 8 ]; }
}

# maven ARGUMENT...: the installed Maven, else the wrapper, which downloads one.
maven() {
    # Maven 3 itself uses what Java 25 warns about.
    export MAVEN_OPTS="${MAVEN_OPTS:-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
    if has_maven; then
        mvn --batch-mode --no-transfer-progress "$@"
    else
        ./mvnw --batch-mode --no-transfer-progress "$@"
    fi
}

# build ARGUMENT...: a quiet build, for programs whose own output is what counts.
build() {
    echo "building with $JAVA_HOME (the first build downloads Maven's plugins) ..." >&2
    maven --quiet "$@"
}

# run_example CLASS ARGUMENT...: a program of src/examples, on the module path as an application would be.
run_example() {
    local class=$1
    shift
    "$JAVA_HOME/bin/java" \
        --module-path "$(path_list target/classes target/examples target/lib)" \
        --enable-native-access=io.ringkernel.metal \
        -Dorg.slf4j.simpleLogger.defaultLogLevel="${LOG_LEVEL:-warn}" \
        --module "io.ringkernel.metal.examples/io.ringkernel.metal.examples.$class" ${1+"$@"}
}

use_jdk
