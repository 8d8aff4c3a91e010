package io.ipam.documents;

import static java.util.Objects.requireNonNull;

import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.owner.Owner;
import io.ipam.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Takes over a running cluster: the records of {@code status.allocatedIPs} in SpiderIPPool
 * documents become a {@link StateSnapshot} to restore with {@link
 * io.ipam.allocation.RestoreMode#HOLD}. They can also be written back.
 *
 * <pre>{@code
 * Takeover.Reading held = Takeover.builder()
 *     .statefulSet("shop", "db", 3)                 // shop/db-0 to shop/db-2, even if absent
 *     .podAnnotations("shop/cart-0", annotations)      // the interface of each address
 *     .read(documents.poolDocuments());
 * ipam.state().restore(held.snapshot(), RestoreMode.HOLD);
 * }</pre>
 *
 * <p>An address that is recorded as held stays taken, whatever its record contains. A record
 * without a readable owner, or of an address that its pool does not have, becomes a {@link Stray}
 * with the record as its note. A record without a uid is held under the name of its pod, and is
 * reported if the pod is identified by its uid. A text that cannot be read as a whole closes its
 * pool. The records before the fault are held, and the pool allocates nothing until {@link
 * io.ipam.IpamState#openPool}. A record whose key is not an address is reported; only such a record
 * holds no address.
 *
 * <p>Records contain no generation: a restore assigns new ones. If no source states the interface,
 * it is unknown until a demand adopts the record.
 *
 * <p>Cost: O(n log n) for n records. Thread safety: stateless.
 */
public final class Takeover {
    private Takeover() {}

    /**
     * The state that documents record.
     *
     * @param snapshot the held addresses, the strays, and the closed pools
     * @param problems one for each record that is bad or has no uid; the path starts with the name
     *     of the pool. For one pool there are at most 50, and a count of the others
     */
    public record Reading(StateSnapshot snapshot, List<Problem> problems) {
        /** Copies the problems. */
        public Reading {
            requireNonNull(snapshot, "snapshot");
            problems = List.copyOf(problems);
        }
    }

    /**
     * The owner of a record and its interface, as the caller states them.
     *
     * @param owner the owner
     * @param interfaceName the interface, empty if unknown
     */
    public record Identity(Owner owner, String interfaceName) {
        /** Checks for null. */
        public Identity {
            requireNonNull(owner, "owner");
            requireNonNull(interfaceName, "interfaceName");
        }
    }

    /** {@return a builder that treats every pod as stateless} */
    public static TakeoverBuilder builder() {
        return new TakeoverBuilder();
    }

    /**
     * Reads the holders of all documents. One bad record hides no other.
     *
     * @param documents the pools with their status
     * @param stateful whether a holder is identified by its name instead of its uid, like the pods
     *     of a StatefulSet
     * @return the snapshot and the problems
     */
    public static Reading read(Collection<PoolDocument> documents, Predicate<AllocatedIps.Holder> stateful) {
        return builder().stateful(stateful).read(documents);
    }

    /**
     * Returns the records of one pool in Spiderpool's form. They are its held addresses, and the
     * strays that were recorded in it, each with its note unchanged. The form has no interfaces or
     * generations. A note that is not JSON cannot be written and remains only in the export. Its
     * address is written with the owner, or with an empty record if no owner is known.
     *
     * @param state the state
     * @param pool the pool's name
     * @return the records; empty if the pool is closed, since its status may contain addresses that
     *     the state lacks and must stay unchanged
     */
    public static Optional<AllocatedIps> allocatedIps(StateSnapshot state, String pool) {
        if (state.closedPools().contains(requireNonNull(pool, "pool"))) {
            return Optional.empty();
        }
        List<AllocatedIps.Entry> entries = new ArrayList<>();
        for (Stray stray : state.strays()) {
            if (stray.pool().equals(pool)) {
                entries.add(entry(stray));
            }
        }
        for (PoolSnapshot.Held held : state.pool(pool).map(PoolSnapshot::held).orElse(List.of())) {
            entries.add(AllocatedIps.Entry.of(holder(held.address().toString(), held.owner())));
        }
        return Optional.of(AllocatedIps.ofEntries(entries));
    }

    private static AllocatedIps.Entry entry(Stray stray) {
        String ip = stray.address().toString();
        if (AllocatedIpsRecord.isJson(stray.note())) {
            return new AllocatedIps.Entry(ip, null, stray.note());
        }
        return stray.owner()
                .map(owner -> AllocatedIps.Entry.of(holder(ip, owner)))
                .orElse(new AllocatedIps.Entry(ip, null, "{}"));
    }

    private static AllocatedIps.Holder holder(String ip, Owner owner) {
        return new AllocatedIps.Holder(ip, owner.qualifiedName(), owner.uid());
    }
}
