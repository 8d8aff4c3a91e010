package io.ipam.pool;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a pool in force keeps from its successor of the same name. Each method adds what blocks one part. Thread safety: none. */
final class Replacement {
    private final Pool before;
    private final HeldAddresses inUse;
    private final List<ChangePlan.Blocker> blockers;

    Replacement(Pool before, HeldAddresses inUse, List<ChangePlan.Blocker> blockers) {
        this.before = before;
        this.inUse = inUse;
        this.blockers = blockers;
    }

    /** A number that is no family is not the fixed one. */
    void checkFamily(@Nullable Family after) {
        if (before.family() != after) {
            addFixed(before.family().label(), ChangePlan.Blocker.Reason.FAMILY_FIXED);
        }
    }

    /** A subnet that cannot be read is not the fixed one. */
    void checkSubnet(@Nullable Prefix after) {
        if (!before.subnet().equals(after)) {
            addFixed(before.subnet().toString(), ChangePlan.Blocker.Reason.SUBNET_FIXED);
        }
    }

    private void addFixed(String inForce, ChangePlan.Blocker.Reason reason) {
        blockers.add(new ChangePlan.Blocker(before.name(), Optional.empty(), inForce, reason));
    }

    /** A held address that was not in the pool before does not leave it now: a stray record blocks nothing. */
    void checkAddresses(AddressSet after) {
        if (!before.addresses().equals(after)) {
            block(
                    address -> before.addresses().contains(address) && !after.contains(address),
                    ChangePlan.Blocker.Reason.ADDRESS_IN_USE);
        }
    }

    /** The pool would have no successor. Says whether any address is held. */
    boolean checkRemoval() {
        int known = blockers.size();
        block(address -> true, ChangePlan.Blocker.Reason.POOL_IN_USE);
        return blockers.size() > known;
    }

    private void block(Predicate<Address> picked, ChangePlan.Blocker.Reason reason) {
        inUse.forEachHeld(before.name(), (address, owner) -> {
            if (picked.test(address)) {
                blockers.add(new ChangePlan.Blocker(before.name(), Optional.of(address), owner, reason));
            }
        });
    }
}
