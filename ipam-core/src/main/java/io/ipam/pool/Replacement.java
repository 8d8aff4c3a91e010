package io.ipam.pool;

import static io.ipam.pool.ChangePlan.Blocker.Reason.ADDRESS_IN_USE;
import static io.ipam.pool.ChangePlan.Blocker.Reason.POOL_IN_USE;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.owner.Owner;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The limits that a current pool sets for its successor with the same name. Each method adds the
 * blockers of one part. Thread safety: none.
 */
final class Replacement {
    private final Pool before;
    private final HeldAddresses inUse;
    private final List<ChangePlan.Blocker> blockers;

    Replacement(Pool before, HeldAddresses inUse, List<ChangePlan.Blocker> blockers) {
        this.before = before;
        this.inUse = inUse;
        this.blockers = blockers;
    }

    /** An invalid family counts as a change of the family. */
    void checkFamily(@Nullable Family after) {
        if (before.family() != after) {
            addFixed(before.family().label(), ChangePlan.Blocker.Reason.FAMILY_FIXED);
        }
    }

    /** An unreadable subnet counts as a change of the subnet. */
    void checkSubnet(@Nullable Prefix after) {
        if (!before.subnet().equals(after)) {
            addFixed(before.subnet().toString(), ChangePlan.Blocker.Reason.SUBNET_FIXED);
        }
    }

    private void addFixed(String inForce, ChangePlan.Blocker.Reason reason) {
        blockers.add(new ChangePlan.Blocker(before.name(), Optional.empty(), inForce, reason));
    }

    /**
     * A held address that the pool did not have before blocks nothing, because the update does not
     * remove it from the pool.
     */
    void checkAddresses(AddressSet after) {
        AddressSet lost = after.family() == before.family() ? before.addresses().minus(after) : before.addresses();
        if (!lost.isEmpty()) {
            inUse.forEachHeldIn(before.name(), lost, (address, owner) -> block(address, owner, ADDRESS_IN_USE));
        }
    }

    /** Checks a removal without a successor. Returns whether any address is held. */
    boolean checkRemoval() {
        int known = blockers.size();
        inUse.forEachHeld(before.name(), (address, owner) -> block(address, owner, POOL_IN_USE));
        return blockers.size() > known;
    }

    private void block(Address address, Owner owner, ChangePlan.Blocker.Reason reason) {
        blockers.add(new ChangePlan.Blocker(before.name(), Optional.of(address), owner.toString(), reason));
    }
}
