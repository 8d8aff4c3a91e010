package io.ipam.store.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.documents.StoreText;
import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of heads, commits and entries, and values that no commit writes. */
class ValuesTest {
    private static final Keys KEYS = Keys.of("/ipam", "default");
    private static final Values VALUES = new Values(KEYS);
    private static final Commit FIRST = Facts.after(Head.NONE, 0x5f3a, Facts.created(), Facts.granted(5, 3));

    @Property
    void head_any_isKept(
            @ForAll @LongRange(min = 1) long revision,
            @ForAll long process,
            @ForAll long sequence,
            @ForAll @LongRange(min = 0) long generation,
            @ForAll @LongRange(min = 0) long held,
            @ForAll long stamp) {
        Head head = new Head(revision, new CommitId(process, sequence), generation, held, stamp);
        assertEquals(head, HeadText.parse(HeadText.format(head)));
    }

    @Test
    void head_text_isAsDocumented() {
        assertEquals("1|0000000000005f3a|1|1000|1|5001", HeadText.format(FIRST.head()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1|0000000000005f3a|1|1000|1",
                "1|0000000000005f3a|1|1000|1|5001|",
                "01|0000000000005f3a|1|1000|1|5001",
                "1|5f3a|1|1000|1|5001",
                "1|0000000000005F3A|1|1000|1|5001",
                "0|0000000000005f3a|1|1000|1|5001",
                "1|0000000000005f3a|1|1000|-1|5001",
                "1|0000000000005f3a|x|1000|1|5001"
            })
    void head_otherText_isCorrupt(String text) {
        CorruptStoreException corrupt =
                assertThrows(CorruptStoreException.class, () -> Values.head(Optional.of(text), KEYS.head()));
        assertTrue(corrupt.getMessage().startsWith("cannot read the key /ipam/default/head: "), corrupt.getMessage());
    }

    @Test
    void commit_written_isRead() {
        assertEquals(FIRST, VALUES.commit(new KeyValue(KEYS.log(1), Values.format(FIRST), 1), CommitId.NONE));
    }

    @Test
    void commit_underAnotherRevision_isCorrupt() {
        assertCorrupt(KEYS.log(2), Values.format(FIRST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1|0000000000005f3a|1|1000|1|5001", "1|0000000000005f3a|1|1000|1|5001\n[{}]", "[]"})
    void commit_otherText_isCorrupt(String text) {
        assertCorrupt(KEYS.log(1), text);
    }

    private static void assertCorrupt(String key, String text) {
        assertThrows(CorruptStoreException.class, () -> VALUES.commit(new KeyValue(key, text, 1), CommitId.NONE));
    }

    @Test
    void entry_written_isRead() {
        Entry.Held held = Facts.held(5, 3);
        assertEquals(held, VALUES.entry(new KeyValue(KEYS.of(held), StoreText.format(held), 1)));
        assertEquals(Facts.BLUE, VALUES.entry(new KeyValue(KEYS.of(Facts.BLUE), StoreText.format(Facts.BLUE), 1)));
    }

    @Test
    void entry_underAnotherKey_isCorrupt() {
        KeyValue moved = new KeyValue(KEYS.held() + "10.6.0.6", StoreText.format(Facts.held(5, 3)), 1);
        CorruptStoreException corrupt = assertThrows(CorruptStoreException.class, () -> VALUES.entry(moved));
        assertTrue(corrupt.getMessage().contains("it must be /ipam/default/a/10.6.0.5"), corrupt.getMessage());
    }

    @Test
    void entry_withOtherSpaces_isCorrupt() {
        Entry.Held held = Facts.held(5, 3);
        KeyValue spaced = new KeyValue(KEYS.of(held), StoreText.format(held) + " ", 1);
        assertThrows(CorruptStoreException.class, () -> VALUES.entry(spaced));
    }

    @Test
    void entry_nameThatKeysCannotHold_isCorrupt() {
        String text = StoreText.format(Facts.BLUE).replace("\"blue\"", "\"\\ud800\"");
        KeyValue foreign = new KeyValue(KEYS.pools() + "blue", text, 1);
        CorruptStoreException corrupt = assertThrows(CorruptStoreException.class, () -> VALUES.entry(foreign));
        assertTrue(corrupt.getMessage().startsWith("cannot read the key " + foreign.key()), corrupt.getMessage());
    }

    @Test
    void realm_otherText_isCorrupt() {
        assertEquals(Optional.of(Facts.OPEN), VALUES.realm(Optional.of(StoreText.format(Facts.OPEN))));
        assertThrows(CorruptStoreException.class, () -> VALUES.realm(Optional.of("{}")));
        assertThrows(CorruptStoreException.class, () -> VALUES.realm(Optional.of(" " + StoreText.format(Facts.OPEN))));
    }
}
