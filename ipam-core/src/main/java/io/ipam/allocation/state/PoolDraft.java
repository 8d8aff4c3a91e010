package io.ipam.allocation.state;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.Owner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decision has in mind for one pool: nothing is taken, but what it has chosen is not offered again.
 *
 * <p>Recycled addresses are those that cool down, the one released first in front, then those that the same request releases.
 */
final class PoolDraft {
    private final Definition definition;
    private final @Nullable LedgerReader ledger;
    private final AllocationOrder order;
    /** Addresses that were asked for and are free, or recycled. */
    private List<Address> givenFree = List.of();

    private List<Address> givenRecycled = List.of();
    private List<Address> releasedHere = List.of();
    private @Nullable FreePicks picks;
    private int freeTaken;
    private int recycledTaken;

    PoolDraft(Definition definition, @Nullable LedgerReader ledger, AllocationOrder order) {
        this.definition = definition;
        this.ledger = ledger;
        this.order = order;
    }

    Definition definition() {
        return definition;
    }

    boolean isOpen() {
        return ledger != null;
    }

    LedgerReader ledger() {
        if (ledger == null) {
            throw new IllegalStateException(definition + " is not in the footprint");
        }
        return ledger;
    }

    /** An address that the same request releases; it counts when it may be handed out again. */
    void willBeReleased(Address address) {
        if (definition.usable().contains(address)) {
            releasedHere = with(releasedHere, address);
        }
    }

    boolean isReleasedHere(Address address) {
        return releasedHere.contains(address);
    }

    void giveFree(Address address) {
        givenFree = with(givenFree, address);
    }

    void giveRecycled(Address address) {
        givenRecycled = with(givenRecycled, address);
    }

    /** The list with one more; most lists stay empty, and no object is made for them. */
    private static List<Address> with(List<Address> addresses, Address address) {
        List<Address> more = addresses.isEmpty() ? new ArrayList<>(2) : addresses;
        more.add(address);
        return more;
    }

    /** How many free addresses are left. */
    long free() {
        return ledger().free() - givenFree.size();
    }

    /** How many recycled addresses are left. */
    int recycled() {
        return ledger().cooling() + releasedHere.size() - givenRecycled.size();
    }

    /** When the recycled address was released of which {@code nth} that are left were released before it. */
    long releasedMillis(int nth) {
        LedgerReader.Cooling entry = coolingOrNull(nth);
        return entry == null ? Long.MAX_VALUE : entry.releasedMillis();
    }

    /** Chooses one more address: a free one while there are any, then a recycled one. */
    Address choose(Owner owner, long random) {
        return freeTaken < free() ? chooseFree(owner, random) : recycledAddress(recycledTaken++);
    }

    private Address chooseFree(Owner owner, long random) {
        if (picks == null) {
            picks = ledger().picks(order, owner, random);
            for (Address address : givenFree) {
                picks.passOver(address.high(), address.low());
            }
        }
        freeTaken++;
        picks.next();
        return new Address(definition.pool().family(), picks.high(), picks.low());
    }

    private Address recycledAddress(int nth) {
        LedgerReader.Cooling entry = coolingOrNull(nth);
        if (entry != null) {
            return new Address(definition.pool().family(), entry.high(), entry.low());
        }
        int left = nth - (ledger().cooling() - coolingGiven());
        for (Address address : releasedHere) {
            if (!givenRecycled.contains(address) && left-- == 0) {
                return address;
            }
        }
        throw new IllegalStateException("no recycled address " + nth + " in " + definition);
    }

    /** The cooling address of which {@code nth} that were not given are older; null when there are not so many. */
    private LedgerReader.@Nullable Cooling coolingOrNull(int nth) {
        return nth < ledger().cooling() ? ledger().cooling(nth, givenRecycled) : null;
    }

    private int coolingGiven() {
        return (int) givenRecycled.stream()
                .filter(address -> !releasedHere.contains(address))
                .count();
    }
}
