package io.ringkernel.metal.objc;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.BackendUnavailableException;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.runtime.MetalRuntime;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A JVM that denies native access says so, each time and whoever asks. */
final class NativeAccessTest {
    private static final String DENIED = "Metal is not available: native access is not allowed; start the JVM with"
            + " --enable-native-access=io.ringkernel.metal (or ALL-UNNAMED on the class path)";

    /** What the JVM without native access runs: every way to a device, twice. */
    static final class Asker {
        public static void main(String[] arguments) {
            List<Supplier<Object>> ways = List.of(
                    MetalDevice::software,
                    MetalDevice::systemDefault,
                    MetalDevice::all,
                    () -> MetalRuntime.builder()
                            .software()
                            .start()
                            .exceptionNow()
                            .getMessage(),
                    () -> MetalRuntime.create().exceptionNow().getMessage());
            for (int i = 0; i < 2 * ways.size(); i++) {
                System.out.println(told(ways.get(i % ways.size())));
            }
            System.out.println(MetalDevice.unavailableReason().orElse("none"));
            System.out.println(MetalDevice.isAvailable());
        }

        private static String told(Supplier<Object> way) {
            try {
                return String.valueOf(way.get());
            } catch (BackendUnavailableException e) {
                return e.getMessage();
            }
        }
    }

    private static String classPath(Class<?>... types) throws Exception {
        var places = new ArrayList<String>();
        for (var type : types) {
            var place = type.getProtectionDomain().getCodeSource().getLocation();
            places.add(Path.of(place.toURI()).toString());
        }
        return String.join(File.pathSeparator, places);
    }

    @Test
    void everyWayToADeviceSaysThatNativeAccessIsDenied() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "--illegal-native-access=deny",
                        "-XX:TieredStopAtLevel=1",
                        "-Dringkernel.metal.device=software",
                        "-cp",
                        classPath(MetalDevice.class, Asker.class, LoggerFactory.class),
                        Asker.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as("%s", lines).isZero();
        assertThat(lines).hasSize(12);
        assertThat(lines.subList(0, 11)).containsOnly(DENIED);
        assertThat(lines.getLast()).isEqualTo("false");
    }
}
