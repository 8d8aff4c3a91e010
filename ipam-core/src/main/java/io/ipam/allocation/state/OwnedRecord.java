package io.ipam.allocation.state;

import io.ipam.address.Address;
import io.ipam.allocation.Holding;
import io.ipam.allocation.Owner;

/**
 * One address that the owner of a footprint holds.
 *
 * @param pool the current definition of the pool
 * @param address the address
 * @param owner the owner with the uid of the grant or the last renewal
 * @param interfaceName the interface, empty when unknown
 * @param generation the token of the grant
 * @param slot where the ledger keeps it, as long as it lasts; of no meaning to anybody else
 */
public record OwnedRecord(
        Definition pool, Address address, Owner owner, String interfaceName, long generation, int slot) {
    /** {@return the same for those who look from outside} */
    public Holding toHolding() {
        return new Holding(interfaceName, address.family(), pool.pool().name(), address, generation, owner.uid());
    }
}
