package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.owner.Owner;
import io.ipam.pool.LabelSelector;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolAffinity;
import io.ipam.pool.ReservedRange;
import io.ipam.store.Change;
import io.ipam.store.Entry;
import io.ipam.store.Realm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Round trips and refusals of {@link StoreText}. */
class StoreTextTest {
    private static final Entry.Held HELD = new Entry.Held(
            Address.parse("10.6.1.0"),
            "blue-v4",
            Optional.of(Owner.stateless("shop", "cart-0", "7f3c")),
            "eth0",
            41,
            "");

    @Provide
    Arbitrary<List<Change>> changes() {
        return StoreValues.changes();
    }

    @Provide
    Arbitrary<Entry> entries() {
        return StoreValues.entries();
    }

    @Provide
    Arbitrary<Pool> pools() {
        return StoreValues.pools();
    }

    @Provide
    Arbitrary<ReservedRange> reserved() {
        return StoreValues.reserved();
    }

    @Provide
    Arbitrary<Realm> realms() {
        return StoreValues.realms();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void format_anyChanges_readEqualAndWriteTheSameText(@ForAll("changes") List<Change> changes) {
        String text = StoreText.format(changes);
        verifyStorable(text);
        assertEquals(changes, StoreText.parseChanges(text));
        assertEquals(text, StoreText.format(StoreText.parseChanges(text)));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void format_anyEntry_readsEqualAndWritesTheSameText(@ForAll("entries") Entry entry) {
        String text = StoreText.format(entry);
        verifyStorable(text);
        assertEquals(entry, StoreText.parseEntry(text));
        assertEquals(text, StoreText.format(StoreText.parseEntry(text)));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void format_anyPool_readsEqualAndWritesTheSameText(@ForAll("pools") Pool pool) {
        String text = StoreText.format(pool);
        verifyStorable(text);
        assertEquals(pool, StoreText.parsePool(text));
        assertEquals(text, StoreText.format(StoreText.parsePool(text)));
        assertEquals(text, StoreText.format(pool.toBuilder().build()));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void format_anyReservedRange_readsEqual(@ForAll("reserved") ReservedRange range) {
        String text = StoreText.format(range);
        verifyStorable(text);
        assertEquals(range, StoreText.parseReserved(text));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void format_anyRealm_readsEqual(@ForAll("realms") Realm realm) {
        assertEquals(realm, StoreText.parseRealm(StoreText.format(realm)));
    }

    /** One character is changed or removed, or the text is truncated. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void parse_damagedText_isReadOrRefused(
            @ForAll("changes") List<Change> changes, @ForAll int place, @ForAll char unit, @ForAll byte way) {
        StringBuilder text = new StringBuilder(StoreText.format(changes));
        int at = Math.floorMod(place, text.length());
        switch (Math.floorMod(way, 3)) {
            case 0 -> text.setCharAt(at, unit);
            case 1 -> text.deleteCharAt(at);
            default -> text.setLength(at);
        }
        try {
            List<Change> read = StoreText.parseChanges(text.toString());
            assertEquals(read, StoreText.parseChanges(StoreText.format(read)));
        } catch (InvalidDocumentException refused) {
            assertFalse(refused.problems().isEmpty());
        }
    }

    @Test
    void format_pool_hasTheDocumentedForm() {
        Pool pool = Pool.builder("blue-v4", "10.6.0.0/16")
                .ips("10.6.1.0-10.6.1.9")
                .excludeIps("10.6.1.1")
                .gateway("10.6.0.1")
                .route("10.9.0.0/16", "10.6.0.2")
                .labels(Map.of("zone", "a"))
                .affinity(PoolAffinity.none()
                        .withPod(LabelSelector.of(Map.of("app", "web")))
                        .withNodeNames(List.of("n1")))
                .defaultPool(true)
                .terminating(Instant.parse("2026-01-31T09:00:00.123456789Z"))
                .build();
        assertEquals("""
                {"name":"blue-v4","subnet":"10.6.0.0/16","ips":["10.6.1.0-10.6.1.9"],"excludeIPs":["10.6.1.1"],\
                "gateway":"10.6.0.1","routes":[["10.9.0.0/16","10.6.0.2"]],"labels":[["zone","a"]],"default":true,\
                "deletedAt":"2026-01-31T09:00:00.123456789Z","podAffinity":{"matchLabels":[["app","web"]]},\
                "nodeNames":["n1"]}""", StoreText.format(pool));
    }

    @Test
    void format_changes_haveTheDocumentedForm() {
        Entry.Cooling cooling =
                new Entry.Cooling(HELD.address(), "blue-v4", HELD.owner().orElseThrow(), 7);
        assertEquals(
                """
                [{"granted":{"address":"10.6.1.0","pool":"blue-v4","owner":{"namespace":"shop","name":"cart-0",\
                "uid":"7f3c"},"interface":"eth0","generation":"41"}},\
                {"cooled":{"address":"10.6.1.0","pool":"blue-v4","lastOwner":{"namespace":"shop","name":"cart-0",\
                "uid":"7f3c"},"releasedMillis":"7"}},\
                {"realmPut":{"after":{"format":"1","coolDownMillis":"0","phase":"OPEN"}}},{"asFound":{}}]""",
                StoreText.format(List.of(
                        new Change.Granted(HELD),
                        new Change.Cooled(cooling),
                        new Change.RealmPut(Optional.empty(), new Realm(1, 0, Realm.Phase.OPEN)),
                        new Change.AsFound())));
    }

    @Test
    void format_loneSurrogatesAndNul_areEscapes() {
        Entry.Held odd = new Entry.Held(HELD.address(), "\ud83d\ude00\ude00\ud83d\0", Optional.empty(), "", 0, "");
        assertEquals(
                "{\"held\":{\"address\":\"10.6.1.0\",\"pool\":\"\ud83d\ude00\\ude00\\ud83d\\u0000\",\"generation\":\"0\"}}",
                StoreText.format(odd));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "{}",
                "[7]",
                "[{}]",
                "[] []",
                "[{\"frobbed\":{}}]",
                "[{\"asFound\":{},\"asFound\":{}}]",
                "[{\"asFound\":{\"x\":1}}]",
                "[{\"granted\":null}]",
                "[{\"granted\":{\"address\":\"10.6.1.0\",\"pool\":7,\"generation\":\"1\"}}]",
                "[{\"granted\":{\"address\":\"10.6.1.0\",\"pool\":\"p\",\"generation\":1}}]",
                "[{\"granted\":{\"address\":\"10.6.1.0\",\"pool\":\"p\",\"generation\":\"01\"}}]",
                "[{\"granted\":{\"address\":\"10.6.1.0\",\"pool\":\"p\",\"generation\":\"-1\"}}]",
                "[{\"granted\":{\"address\":\"10.6.1.0\",\"pool\":\"p\",\"generation\":\"9223372036854775808\"}}]",
                "[{\"granted\":{\"address\":\"10.06.1.0\",\"pool\":\"p\",\"generation\":\"1\"}}]",
                "[{\"granted\":{\"address\":\"::FFFF:1\",\"pool\":\"p\",\"generation\":\"1\"}}]",
                "[{\"granted\":{\"address\":\"10.6.1.0\",\"pool\":\"p\",\"generation\":\"1\",\"note\":\"\",\"more\":1}}]",
                "[{\"granted\":{\"address\":\"10.6.1.0\",\"pool\":\"p\",\"generation\":\"1\","
                        + "\"owner\":{\"namespace\":\"\",\"name\":\"\",\"uid\":\"u\"}}}]",
                "[{\"granted\":{\"address\":\"10.6.1.0\",\"pool\":\"p\",\"generation\":\"1\","
                        + "\"owner\":{\"namespace\":\"\",\"name\":\"n\",\"uid\":\"u\",\"stateful\":false}}}]",
                "[{\"poolGone\":{\"definition\":{\"name\":\"p\",\"subnet\":\"10.6.0.1/16\"}}}]",
                "[{\"poolGone\":{\"definition\":{\"name\":\"p\",\"subnet\":\"10.6.0.0/16\",\"labels\":[[\"a\"]]}}}]",
                "[{\"poolGone\":{\"definition\":{\"name\":\"p\",\"subnet\":\"10.6.0.0/16\","
                        + "\"labels\":[[\"a\",\"b\"],[\"a\",\"c\"]]}}}]",
                "[{\"poolGone\":{\"definition\":{\"name\":\"p\",\"subnet\":\"10.6.0.0/16\",\"deletedAt\":\"now\"}}}]",
                "[{\"poolGone\":{\"definition\":{\"name\":\"p\",\"subnet\":\"10.6.0.0/16\",\"ips\":[\"10.6.1.0/24\"]}}}]",
                "[{\"reservedGone\":{\"name\":\"r\",\"ipVersion\":\"4\",\"ips\":[\"10.6.1.0/24\"]}}]",
                "[{\"reservedGone\":{\"name\":\"r\",\"ipVersion\":\"5\"}}]",
                "[{\"reservedGone\":{\"name\":\"r\",\"ipVersion\":\"4\",\"ips\":[\"::1\"]}}]",
                "[{\"realmPut\":{\"after\":{\"format\":\"4294967297\",\"coolDownMillis\":\"0\",\"phase\":\"OPEN\"}}}]",
                "[{\"realmPut\":{\"after\":{\"format\":\"1\",\"coolDownMillis\":\"0\",\"phase\":\"Open\"}}}]",
                "[{\"realmPut\":{\"after\":{\"format\":\"0\",\"coolDownMillis\":\"0\",\"phase\":\"OPEN\"}}}]"
            })
    void parseChanges_textOfNoChanges_throws(String text) {
        assertThrows(InvalidDocumentException.class, () -> StoreText.parseChanges(text));
    }

    @Test
    void parse_deepOrLongText_throws() {
        assertThrows(InvalidDocumentException.class, () -> StoreText.parseChanges("[".repeat(1_000_000)));
        assertThrows(InvalidDocumentException.class, () -> StoreText.parsePool("{\"a\":".repeat(100)));
        String tooLong = "[" + " ".repeat(StoreJson.MAX_LENGTH) + "]";
        assertThrows(InvalidDocumentException.class, () -> StoreText.parseChanges(tooLong));
    }

    @Test
    void parse_textOfAnotherKind_throws() {
        assertThrows(InvalidDocumentException.class, () -> StoreText.parseEntry("{\"realm\":{}}"));
        assertThrows(InvalidDocumentException.class, () -> StoreText.parsePool(StoreText.format(HELD)));
        assertThrows(InvalidDocumentException.class, () -> StoreText.parseReserved("{\"ipVersion\":\"4\"}"));
        assertThrows(InvalidDocumentException.class, () -> StoreText.parseRealm("{}"));
    }

    /** A database encodes the text as UTF-8, without NUL. */
    private static void verifyStorable(String text) {
        assertEquals(text, new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        assertTrue(text.indexOf('\0') < 0);
    }
}
