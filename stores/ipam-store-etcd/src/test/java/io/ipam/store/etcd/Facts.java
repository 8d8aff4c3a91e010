package io.ipam.store.etcd;

import io.ipam.address.Address;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Realm;
import io.ipam.store.StateStore;
import java.util.List;
import java.util.Optional;

/** Heads, commits and entries for tests. */
final class Facts {
    static final Realm OPEN = new Realm(1, 60_000, Realm.Phase.OPEN);
    static final Entry.OfPool BLUE = new Entry.OfPool(
            Pool.builder("blue", "10.6.0.0/16").ips("10.6.1.0-10.6.1.9").build(), false, false);
    static final Address ADDRESS = Address.parse("10.6.1.5");

    private Facts() {}

    static Entry.Held held(int index, long generation) {
        Owner owner = Owner.stateless("shop", "cart-" + index, "uid-" + index);
        Address address = new Address(ADDRESS.family(), 0, 0x0a06_0000L + index);
        return new Entry.Held(address, "blue", Optional.of(owner), "eth0", generation, "");
    }

    static Change.Granted granted(int index, long generation) {
        return new Change.Granted(held(index, generation));
    }

    static Change created() {
        return new Change.RealmPut(Optional.empty(), OPEN);
    }

    /** The commit after a head by a process, whose revision is its sequence. */
    static Commit after(Head head, long process, Change... changes) {
        long held = head.held();
        for (Change change : changes) {
            held += change instanceof Change.Granted ? 1 : change instanceof Change.Released ? -1 : 0;
        }
        long revision = head.revision() + 1;
        Head next = new Head(revision, new CommitId(process, revision), 1_000 * revision, held, 5_000 + revision);
        return new Commit(next, head.id(), List.of(changes));
    }

    /** Commits, which must be done; the new head. */
    static Head commit(StateStore store, Head head, long process, Change... changes) {
        Commit next = after(head, process, changes);
        Attempt attempt = store.commit(head, next);
        if (!(attempt instanceof Attempt.Done)) {
            throw new AssertionError("commit after " + head + " was " + attempt);
        }
        return next.head();
    }
}
