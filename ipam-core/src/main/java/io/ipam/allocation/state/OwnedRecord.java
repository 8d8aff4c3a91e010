package io.ipam.allocation.state;

import io.ipam.address.Address;
import io.ipam.allocation.Holding;
import io.ipam.allocation.Owner;

/**
 * One address that the owner of a footprint holds, or is to hold.
 *
 * @param pool the current definition of the pool
 * @param address the address
 * @param owner the owner with the uid of the grant or the last renewal
 * @param interfaceName the interface, empty when unknown
 * @param generation the token of the grant
 * @param slot where the ledger keeps it, as long as it lasts; of no meaning to anybody else; {@link RecordTable#NONE} before it is
 *     kept
 */
public record OwnedRecord(
        Definition pool, Address address, Owner owner, String interfaceName, long generation, int slot) {
    /** One that is to be held from now on. */
    static OwnedRecord granted(Definition pool, Address address, Owner owner, String interfaceName, long generation) {
        return new OwnedRecord(pool, address, owner, interfaceName, generation, RecordTable.NONE);
    }

    /** The same address as it is to be held from now on. */
    OwnedRecord renewed(Owner newOwner, String newInterfaceName, long newGeneration) {
        return new OwnedRecord(pool, address, newOwner, newInterfaceName, newGeneration, slot);
    }

    /** {@return the same for those who look from outside} */
    public Holding toHolding() {
        return new Holding(interfaceName, address.family(), pool.pool().name(), address, generation, owner.uid());
    }
}
