package io.ipam.engine.replica;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Owners.db;
import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.engine.EngineFixture;
import io.ipam.engine.state.EngineState;
import io.ipam.fixture.PlainRequest;
import io.ipam.owner.Owner;
import io.ipam.record.OwnerTable;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Commits of another process, and commits that no sound process has made. */
class CommitApplierTest {
    private final EngineFixture fixture = new EngineFixture(0, v4("a", 1));

    private Entry.Held grant(Owner owner) {
        fixture.grant(PlainRequest.any(owner, fixture.catalog(), "eth0", "a"));
        var held = fixture.heldBy(owner).get(0);
        return entry(held.address().toString(), Optional.of(owner), held.generation());
    }

    private static Entry.Held entry(String address, Optional<Owner> owner, long generation) {
        return new Entry.Held(Address.parse(address), "a", owner, "eth0", generation, "");
    }

    private void apply(Change change) {
        Head head = new Head(2, new CommitId(7, 2), 100, 1, 0);
        new CommitApplier(fixture.state(), new Commit(head, new CommitId(7, 1), List.of(change)), 0).apply(null);
    }

    private void assertCorrupt(String finding, Change change) {
        String message =
                assertThrows(CorruptStoreException.class, () -> apply(change)).getMessage();
        assertTrue(message.contains(finding), message);
        assertEquals(List.of(), fixture.verify());
    }

    @Test
    void apply_heldAddressGranted_isCorrupt() {
        grant(CART);
        assertCorrupt(
                "grants 10.1.0.1, which is held", new Change.Granted(entry("10.1.0.1", Optional.of(pod("2")), 9)));
    }

    @Test
    void apply_grantWithoutAnOwner_isCorrupt() {
        assertCorrupt("which has no owner", new Change.Granted(entry("10.1.0.1", Optional.empty(), 9)));
    }

    @Test
    void apply_recordOfAnotherOwnerReleased_isCorrupt() {
        Entry.Held held = grant(CART);
        Entry.Held other = entry("10.1.0.1", Optional.of(pod("2")), held.generation());
        assertCorrupt("the state has", new Change.Released(other, Optional.empty()));
        assertEquals(1, fixture.heldBy(CART).size());
    }

    @Test
    void apply_unknownDetachedPoolRemoved_isCorrupt() {
        assertCorrupt(
                "removes the detached pool a, which does not exist",
                new Change.PoolGone(new Entry.OfPool(v4("a", 1), true, false)));
    }

    /** The table of owners would keep the owner with the old uid. */
    @Test
    void apply_renewalUnderAnotherUid_replacesTheOwnerInItsTable() {
        Entry.Held held = grant(db("u1"));
        apply(new Change.Renewed(held, entry("10.1.0.1", Optional.of(db("u2")), 9)));
        EngineState state = fixture.state();
        OwnerTable owners = state.stripeOf(state.hashOf(db("u2"))).owners();
        assertEquals("u2", owners.owner(owners.nextEntry(OwnerTable.NONE)).uid());
        assertEquals(List.of(), fixture.verify());
    }

    @Test
    void apply_entryReplacedForAnotherOwner_movesTheRecord() {
        Entry.Held held = grant(CART);
        apply(new Change.Renewed(held, entry("10.1.0.1", Optional.of(pod("2")), 9)));
        assertEquals(List.of(), fixture.heldBy(CART));
        assertEquals(9, fixture.heldBy(pod("2")).get(0).generation());
        assertEquals(List.of(), fixture.verify());
    }
}
