package io.ipam.engine.decision;

import io.ipam.address.Address;
import io.ipam.allocation.HeldAddress;
import io.ipam.allocation.Holding;
import io.ipam.owner.Owner;
import java.util.Optional;

/**
 * One address that an owner holds or will hold.
 *
 * @param pool the current binding of the pool
 * @param address the address
 * @param owner the owner with the uid of the grant or of the last renewal
 * @param interfaceName the interface, empty if unknown
 * @param generation the generation of the grant or of the last renewal
 */
public record HeldRecord(PoolBinding pool, Address address, Owner owner, String interfaceName, long generation) {
    /** {@return the record as the resolver reads it} */
    public Holding toHolding() {
        return new Holding(interfaceName, address.family(), pool.pool().name(), address, generation, owner.uid());
    }

    /** {@return the record as a caller reads it} */
    public HeldAddress toHeldAddress() {
        return new HeldAddress(
                address, Optional.of(owner), interfaceName, pool.pool().name(), generation, false);
    }

    /** Whether a resolver read exactly this record. */
    boolean is(Holding holding) {
        return generation == holding.generation()
                && address.equals(holding.address())
                && interfaceName.equals(holding.interfaceName())
                && owner.uid().equals(holding.uid())
                && pool.pool().name().equals(holding.pool());
    }
}
