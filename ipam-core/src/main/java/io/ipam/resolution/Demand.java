package io.ipam.resolution;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.Holding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One interface and family of a request under resolution. Thread safety: none. */
final class Demand {
    private final InterfaceNeeds needs;
    private final Family family;
    /** The holdings that it keeps or adopts; empty at first. */
    private List<Holding> held;
    /** The given address for which the owner gives up its own; null if it gives up none. */
    private final @Nullable Address movesTo;

    Demand(InterfaceNeeds needs, Family family, List<Holding> held) {
        this(needs, family, held, null);
    }

    private Demand(InterfaceNeeds needs, Family family, List<Holding> held, @Nullable Address movesTo) {
        this.needs = needs;
        this.family = family;
        this.held = held;
        this.movesTo = movesTo;
    }

    /** A demand whose owner gives up its addresses for a given one. */
    static Demand moving(InterfaceNeeds needs, Family family, Address given) {
        return new Demand(needs, family, List.of(), given);
    }

    InterfaceNeeds needs() {
        return needs;
    }

    InterfaceChoice choice() {
        return needs.choice();
    }

    String interfaceName() {
        return needs.choice().request().name();
    }

    Family family() {
        return family;
    }

    List<Holding> held() {
        return held;
    }

    void hold(Holding adopted) {
        held = List.of(adopted);
    }

    /**
     * Whether a record without an interface has an address that the demand lacks. If the owner
     * gives up its own address, it must be the given one.
     */
    boolean lacks(Holding record) {
        return held.isEmpty() && record.family() == family && (movesTo == null || movesTo.equals(record.address()));
    }

    /**
     * Whether the demand may adopt a record without an interface, because its source names the
     * pool.
     */
    boolean mayAdopt(Holding record) {
        return lacks(record) && needs.names(record);
    }

    /** Whether the caller requires this address for the demand. */
    boolean isGiven(Address address, List<PoolSelections.GivenAddress> given) {
        for (PoolSelections.GivenAddress wanted : given) {
            if (wanted.interfaceName().equals(interfaceName())
                    && wanted.address().equals(address)) {
                return true;
            }
        }
        return false;
    }
}
