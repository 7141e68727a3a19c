package io.ringkernel.metal.objc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.bindings.ApiTable;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class AppleObjectiveCTest {
    /** System V ABI 3.2.3: a struct of more than two eightbytes is returned in memory. */
    @Test
    void onX86StructsOverSixteenBytesAreReturnedThroughStret() throws ClassNotFoundException {
        assertThat(selectorsThroughStret("x86_64"))
                .containsExactly("maxThreadsPerThreadgroup", "operatingSystemVersion");
        assertThat(selectorsThroughStret("amd64")).hasSize(2);
    }

    @Test
    void onArmNothingIsReturnedThroughStret() throws ClassNotFoundException {
        assertThat(selectorsThroughStret("aarch64")).isEmpty();
    }

    @Test
    @DisabledOnOs(OS.MAC)
    void elsewhereItIsUnavailableAndSaysWhereWeAre() {
        assertThatThrownBy(AppleObjectiveC::load)
                .isInstanceOf(ObjectiveCUnavailableException.class)
                .hasMessageContaining("macOS")
                .hasMessageContaining(System.getProperty("os.name"));
    }

    @Test
    @EnabledOnOs(OS.MAC)
    void onMacOsTextSurvivesARoundTrip() {
        var objc = AppleObjectiveC.load();
        try (var _ = AutoreleasePool.push(objc);
                var text = NSString.of(objc, "metal \u03bc \0 end")) {
            assertThat(NSString.toJava(objc, text.id())).isEqualTo("metal \u03bc \0 end");
        }
    }

    private static ArrayList<String> selectorsThroughStret(String architecture) throws ClassNotFoundException {
        var selectors = new ArrayList<String>();
        for (var row : ApiTable.rows("messages.tsv")) {
            var name = row.get(0) + "_" + row.get(1).replaceFirst(":$", "").replace(':', '_');
            var message = Message.of(Class.forName("io.ringkernel.metal.bindings." + name));
            if (AppleObjectiveC.returnsThroughStret(
                    architecture, message.descriptor().returnLayout())) {
                selectors.add(message.selector());
            }
        }
        return selectors;
    }
}
