package io.ringkernel.metal.objc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.bindings.ApiTable;
import io.ringkernel.metal.bindings.MTLDevice_newBufferWithLength_options;
import io.ringkernel.metal.bindings.MTLSize;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MessageTest {
    private static boolean initialised;

    @Test
    void selectorAndOwnerFollowFromTheName() throws ClassNotFoundException {
        for (var row : ApiTable.rows("messages.tsv")) {
            var message = message(row);
            assertThat(message.owner()).isEqualTo(row.get(0));
            assertThat(message.selector()).isEqualTo(row.get(1));
        }
    }

    @Test
    void ownershipOfEveryReturnedObjectIsApples() throws ClassNotFoundException {
        var wrong = new ArrayList<Message>();
        for (var row : ApiTable.rows("messages.tsv")) {
            boolean owned = message(row).ownership() == Ownership.OWNED;
            if (!row.get(6).isEmpty() && owned != row.get(6).equals("owned")) {
                wrong.add(message(row));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void ownershipOfEveryFunctionIsItsLibrarys() throws ClassNotFoundException {
        for (var row : ApiTable.rows("functions.tsv")) {
            var function = CFunction.of(Class.forName("io.ringkernel.metal.bindings." + row.getFirst()));
            boolean givesReference = row.size() > 3 && row.get(3).equals("owned");
            if (row.get(1).equals("id") && !row.getFirst().startsWith("objc_")) {
                assertThat(function.ownership() == Ownership.OWNED)
                        .as(row.getFirst())
                        .isEqualTo(givesReference);
            }
        }
    }

    @Test
    void aFamilyEndsWhereItsWordEnds() {
        assertThat(List.of("newBuffer", "new", "copy", "mutableCopy", "alloc", "initWithBytes:length:encoding:"))
                .allMatch(selector -> Ownership.ofSelector(selector) == Ownership.OWNED);
        assertThat(List.of("newest", "copyright", "allocatedSize", "initialize", "commandBuffer", "renew"))
                .allMatch(selector -> Ownership.ofSelector(selector) == Ownership.BORROWED);
    }

    @Test
    void thereIsOneMessagePerClass() {
        assertThat(Message.of(MTLDevice_newBufferWithLength_options.class))
                .isSameAs(Message.of(MTLDevice_newBufferWithLength_options.class))
                .hasToString("[MTLDevice newBufferWithLength:options:]");
    }

    @Test
    void makingAMessageDoesNotInitialiseItsClass() {
        Message.of(Probe_message.class);
        assertThat(initialised).isFalse();
    }

    @Test
    void aClassThatIsNoMessageIsRefused() {
        assertThatThrownBy(() -> Message.of(MTLSize.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MTLSize");
        assertThatThrownBy(() -> Message.of(Probe_message.class).selector())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Probe_message");
    }

    @Test
    void everyFunctionTypeOfTheHeadersFitsTheTables() {
        int types = ApiTable.rows("messages.tsv").size()
                + ApiTable.rows("functions.tsv").size();
        assertThat(types).isLessThan(NativeType.CAPACITY);
    }

    private static Message message(List<String> row) throws ClassNotFoundException {
        var name = row.get(0) + "_" + row.get(1).replaceFirst(":$", "").replace(':', '_');
        return Message.of(Class.forName("io.ringkernel.metal.bindings." + name, false, Message.class.getClassLoader()));
    }

    /** Has a message's name, and tells when it is initialised. */
    private static final class Probe_message {
        static {
            initialised = true;
        }
    }
}
