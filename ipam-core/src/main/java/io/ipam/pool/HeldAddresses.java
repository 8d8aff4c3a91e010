package io.ipam.pool;

import io.ipam.address.Address;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;

/** Which addresses are in use, for a {@link ChangePlan} and for the plans of applications. */
@FunctionalInterface
public interface HeldAddresses {
    /**
     * Names every held address of a pool, in any order; nothing for a pool that holds none or is not known.
     *
     * @param pool the pool's name
     * @param addressAndOwner takes each address with the text of its owner
     */
    void forEachHeld(String pool, BiConsumer<Address, String> addressAndOwner);

    /** {@return the pools that were removed by force and still hold addresses: nobody else may have theirs} */
    default Collection<Pool> detached() {
        return List.of();
    }

    /** {@return no address is in use} */
    static HeldAddresses none() {
        return (pool, addressAndOwner) -> {};
    }
}
