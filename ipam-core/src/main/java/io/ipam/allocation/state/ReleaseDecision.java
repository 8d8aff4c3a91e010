package io.ipam.allocation.state;

import io.ipam.address.Address;
import io.ipam.allocation.Owner;
import io.ipam.allocation.ReleaseResult;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides a release: frees what the owner holds under this uid and, where named, this generation; nothing else. The answer is
 * empty only when the place that an address was looked for in is gone: look it up and ask again.
 *
 * <p>Thread safety: immutable.
 */
public final class ReleaseDecision implements Transition<List<ReleaseResult>> {
    private final Owner owner;
    private final @Nullable String interfaceName;
    private final @Nullable Address address;
    private final @Nullable Long generation;
    /** The pool in which the address lies, when the owner does not hold it. */
    private final @Nullable Definition place;

    private final long startedNanos;

    private ReleaseDecision(
            Owner owner,
            @Nullable String interfaceName,
            @Nullable Address address,
            @Nullable Long generation,
            @Nullable Definition place,
            long startedNanos) {
        this.owner = owner;
        this.interfaceName = interfaceName;
        this.address = address;
        this.generation = generation;
        this.place = place;
        this.startedNanos = startedNanos;
    }

    /**
     * {@return the release of everything that an owner holds}
     *
     * @param owner the owner
     * @param startedNanos when the request began; only for what events tell
     */
    public static ReleaseDecision ofAll(Owner owner, long startedNanos) {
        return new ReleaseDecision(owner, null, null, null, null, startedNanos);
    }

    /**
     * {@return the release of what an owner holds for one interface}
     *
     * @param owner the owner
     * @param interfaceName the interface
     * @param startedNanos when the request began; only for what events tell
     */
    public static ReleaseDecision ofInterface(Owner owner, String interfaceName, long startedNanos) {
        return new ReleaseDecision(owner, interfaceName, null, null, null, startedNanos);
    }

    /**
     * {@return the release of one address}
     *
     * @param owner the owner
     * @param address the address
     * @param generation the token of the grant, null for any
     * @param place the pool in which the address lies, null when there is none
     * @param startedNanos when the request began; only for what events tell
     */
    public static ReleaseDecision ofAddress(
            Owner owner, Address address, @Nullable Long generation, @Nullable Definition place, long startedNanos) {
        return new ReleaseDecision(owner, null, address, generation, place, startedNanos);
    }

    @Override
    public Step<List<ReleaseResult>> decide(StateReader in, ChangeSet out, long nowMillis, long random) {
        List<ReleaseResult> results = results(in.owned(), out);
        if (!results.isEmpty()) {
            return new Step.Done<>(results);
        }
        if (address == null || place == null) {
            return new Step.Done<>(List.of(new ReleaseResult.NotAllocated()));
        }
        LedgerReader pool = in.ledger(place);
        if (pool == null) {
            return new Step.Widen<>(in.footprint().with(place));
        }
        return new Step.Done<>(pool.definition() == null ? List.of() : List.of(whoHolds(address, pool)));
    }

    @Override
    public long startedNanos() {
        return startedNanos;
    }

    /** What becomes of the records that are meant. */
    private List<ReleaseResult> results(List<OwnedRecord> owned, ChangeSet out) {
        ReleaseResult[] results = new ReleaseResult[owned.size()];
        int count = 0;
        for (int i = 0; i < results.length; i++) {
            if (isMeant(owned.get(i))) {
                results[count++] = release(owned.get(i), out);
            }
        }
        return List.of(count == results.length ? results : Arrays.copyOf(results, count));
    }

    private boolean isMeant(OwnedRecord record) {
        return (interfaceName == null || record.interfaceName().equals(interfaceName))
                && (address == null || record.address().equals(address));
    }

    private ReleaseResult release(OwnedRecord record, ChangeSet out) {
        boolean isOwn = record.owner().uid().equals(owner.uid());
        if (!isOwn || (generation != null && generation != record.generation())) {
            return new ReleaseResult.HeldByAnother(record.address(), record.owner(), record.generation());
        }
        out.release(record);
        return new ReleaseResult.Released(
                record.pool().pool().name(), record.address(), record.interfaceName(), record.generation());
    }

    private static ReleaseResult whoHolds(Address address, LedgerReader pool) {
        LedgerReader.Held held = pool.heldAt(address.high(), address.low());
        return held == null
                ? new ReleaseResult.NotAllocated()
                : new ReleaseResult.HeldByAnother(address, held.owner(), held.generation());
    }
}
