package io.ringkernel.metal.msl.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.MslCompiler;
import io.ringkernel.metal.msl.MslOptions;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What kernels log, as text. */
final class LoggingTest {
    private static List<String> messages(String body, boolean fast, int threads) {
        var source = """
                #include <metal_stdlib>
                #include <metal_logging>
                using namespace metal;
                constant os_log named("a.system", "a category");
                struct Kept { constant os_log* log; };
                void helper(constant os_log& log, int x) { log.log_error("helper %%d", x); }
                kernel void k(uint i [[thread_position_in_grid]]) {
                    %s
                }
                """.formatted(body);
        var messages = new ArrayList<String>();
        var options = MslOptions.of(LanguageVersion.METAL_3_2).withFast(fast);
        try (var library = MslCompiler.compile(source, options)) {
            var run = library.specialize("k", java.util.Map.of())
                    .prepare(new KernelArguments(
                            new MemorySegment[0],
                            new int[0],
                            new long[0],
                            new long[0],
                            Grid.ofThreads(new Extent(threads, 1, 1), new Extent(threads, 1, 1)),
                            AddressResolver.NONE,
                            (type, subsystem, category, message) ->
                                    messages.add(type + " " + subsystem + "/" + category + ": " + message)));
            run.run(0, run.unitCount());
        }
        return messages;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                    "plain"                                  ~ plain
                    "%d %i", -7, short(8)                    ~ -7 8
                    "[%5d|%-5d|%05d|%+d]", 42, 42, 42, 42    ~ `[   42|42   |00042|+42]`
                    "%u", -1                                 ~ 4294967295
                    "%lu", -1L                               ~ 18446744073709551615
                    "%x %X %#x %o", 255, 255u, 255, 8        ~ ff FF 0xff 10
                    "%hhu", -1                               ~ 255
                    "%f %.2f", 1.5f, 2.0                     ~ 1.500000 2.00
                    "%8.3f|", half(0.5)                      ~ `   0.500|`
                    "%e", 12345.0f                           ~ 1.234500e+04
                    "%c%c", 'o', 'k'                         ~ ok
                    "100%%"                                  ~ 100%
                    "%v4hlf", float4(1, 2, 3, 4)             ~ 1.000000,2.000000,3.000000,4.000000
                    "%.1v2f", float2(0.25f, -1)              ~ 0.3,-1.0
                    "%v2hhu", uchar2(1, 255)                 ~ 1,255
                    "%v3d end", int3(-1, 0, 1)               ~ -1,0,1 end
                    "%d", true                               ~ 1
                    """)
    void aFormatIsThatOfPrintf(String arguments, String expected) {
        for (var fast : new boolean[] {true, false}) {
            assertThat(messages("os_log_default.log(" + arguments + ");", fast, 1))
                    .containsExactly("2 null/null: " + expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMessageHasTheTypeAndTheNamesOfItsLog(boolean fast) {
        var body = """
                named.log_debug("d");
                named.log_info("i");
                named.log("n");
                helper(named, 3);
                named.log_fault("f %d", 1);
                named.log_with_type(log_type_info, "w");
                """;
        assertThat(messages(body, fast, 1))
                .containsExactly(
                        "0 a.system/a category: d",
                        "1 a.system/a category: i",
                        "2 a.system/a category: n",
                        "3 a.system/a category: helper 3",
                        "4 a.system/a category: f 1",
                        "1 a.system/a category: w");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyThreadLogsItsOwn(boolean fast) {
        assertThat(messages("if (i % 2 == 1) os_log_default.log(\"thread %u\", i);", fast, 6))
                .containsExactlyInAnyOrder("2 null/null: thread 1", "2 null/null: thread 3", "2 null/null: thread 5");
    }

    @Test
    void aLiteralIsAnArrayInConstantMemory() {
        assertThat(messages(
                        "constant char* text = \"abc\"; os_log_default.log(\"%d %d %d\", int(text[1]), "
                                + "int(sizeof(\"abc\")), text[3] == 0);",
                        true, 1))
                .containsExactly("2 null/null: 98 4 1");
    }
}
