package io.ipam.engine.replica;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.engine.EngineFixture;
import io.ipam.engine.decision.HeldRecord;
import io.ipam.fixture.PlainRequest;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.store.CommitId;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each difference between a replica and the store is stated with both values. */
class ReplicaComparisonTest {
    private static final Pool POOL = v4("a", 1, 200);

    private final EngineFixture fixture = new EngineFixture(0, POOL);

    private Entry.Held grant(Owner owner) {
        fixture.grant(PlainRequest.any(owner, fixture.catalog(), "eth0", "a"));
        HeldRecord record = fixture.ledger("a")
                .recordOf(
                        fixture.ledger("a").slotOf(fixture.heldBy(owner).get(0).address()));
        return StoredEntries.held(record);
    }

    private List<String> differences(long lastGeneration, List<Pool> pools, List<Entry.Held> held) {
        List<Entry> entries = new ArrayList<>();
        pools.forEach(pool -> entries.add(new Entry.OfPool(pool, false, false)));
        entries.addAll(held);
        Head head = new Head(1, new CommitId(7, 1), lastGeneration, held.size(), 0);
        return new ReplicaComparison(fixture.state()).differencesTo(new StoredImage(head, entries));
    }

    private List<String> differences(List<Entry.Held> held) {
        return differences(fixture.state().lastGeneration(), List.of(POOL), held);
    }

    private static Entry.Held of(Owner owner, Entry.Held entry) {
        return new Entry.Held(
                entry.address(), entry.pool(), Optional.of(owner), entry.interfaceName(), entry.generation(), "");
    }

    @Test
    void differencesTo_equalImage_areNone() {
        assertEquals(List.of(), differences(List.of(grant(CART))));
    }

    @Test
    void differencesTo_otherOwner_nameBothEntries() {
        Entry.Held here = grant(CART);
        Entry.Held stored = of(pod("2"), here);
        assertEquals(
                List.of("REPLICA: the store has " + stored + ", this process has " + here),
                differences(List.of(stored)));
    }

    @Test
    void differencesTo_recordReleasedHere_nameTheEntryAndBothCounts() {
        Entry.Held stored = grant(CART);
        fixture.release(CART);
        assertEquals(
                List.of(
                        "REPLICA: the store has " + stored + ", this process has nothing",
                        "REPLICA: the store has 1 held entries and its head states 1, this process has 0"),
                differences(List.of(stored)));
    }

    @Test
    void differencesTo_otherPools_areReported() {
        assertEquals(
                List.of("REPLICA: the pools and reserved ranges of the store differ from those of this process"),
                differences(fixture.state().lastGeneration(), List.of(), List.of()));
    }

    @Test
    void differencesTo_otherGenerationOfTheHead_nameBoth() {
        assertEquals(
                List.of("REPLICA: the head states generation 7, this process has 0"),
                differences(7, List.of(POOL), List.of()));
    }

    @Test
    void differencesTo_manyEntries_listFifty() {
        List<Entry.Held> stored = new ArrayList<>();
        for (int i = 0; i < 52; i++) {
            stored.add(of(CART, grant(pod("p" + i))));
        }
        List<String> differences = differences(stored);
        assertEquals(51, differences.size());
        assertEquals("and 2 more differences", differences.get(50));
        assertEquals(
                50,
                differences(stored.subList(0, 50)).stream()
                        .filter(one -> one.contains("10.1.0."))
                        .count());
    }
}
