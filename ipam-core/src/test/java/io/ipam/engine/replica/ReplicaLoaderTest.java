package io.ipam.engine.replica;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.engine.EngineFixture;
import io.ipam.engine.state.SnapshotTaker;
import io.ipam.owner.Owner;
import io.ipam.store.CommitId;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Images that contradict themselves, and facts that no entry states. */
class ReplicaLoaderTest {
    private static final long LAST_GENERATION = 9;

    private static Entry.Held held(String address, Optional<Owner> owner, long generation) {
        return new Entry.Held(Address.parse(address), "a", owner, "eth0", generation, "");
    }

    private static StoreReplica.Loaded load(Entry.Held... held) {
        List<Entry> entries = new ArrayList<>(List.of(new Entry.OfPool(v4("a", 1), false, false)));
        entries.addAll(List.of(held));
        Head head = new Head(1, new CommitId(7, 1), LAST_GENERATION, held.length, 0);
        return StoreReplica.load(new StoredImage(head, entries), EngineFixture.NO_COOL_DOWN, 0);
    }

    private static String refusal(Entry.Held... held) {
        return assertThrows(CorruptStoreException.class, () -> load(held)).getMessage();
    }

    @Test
    void load_addressWithTwoEntries_isRefused() {
        String message = refusal(held("10.1.0.1", Optional.of(CART), 3), held("10.1.0.1", Optional.of(pod("2")), 4));
        assertEquals("the store returned two entries for 10.1.0.1", message);
    }

    @Test
    void load_addressWithTwoEntriesThatDoNotFit_isRefused() {
        String message = refusal(held("10.1.0.1", Optional.empty(), 0), held("10.1.0.1", Optional.empty(), 0));
        assertEquals("the store returned two entries for 10.1.0.1", message);
    }

    /** A later grant could get the same generation. */
    @Test
    void load_generationAboveThatOfTheHead_isRefused() {
        load(held("10.1.0.1", Optional.of(CART), LAST_GENERATION));
        String message = refusal(held("10.1.0.1", Optional.of(CART), LAST_GENERATION + 1));
        assertTrue(message.contains("generations up to 10, its head states 1 and 9"), message);
    }

    /** The order NEXT continues there. */
    @Test
    void load_lastGrantedAddress_isThatOfTheHighestGeneration() {
        StoreReplica.Loaded loaded = load(
                held("10.1.0.1", Optional.of(CART), 3),
                held("10.1.0.5", Optional.of(CART), 8),
                held("10.1.0.7", Optional.of(CART), 4));
        PoolSnapshot pool =
                SnapshotTaker.ofPool(loaded.state(), "a", 0).snapshot().pools().get(0);
        assertEquals(Optional.of(Address.parse("10.1.0.5")), pool.lastGranted());
    }
}
