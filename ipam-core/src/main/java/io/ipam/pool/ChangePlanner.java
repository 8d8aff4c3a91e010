package io.ipam.pool;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares two catalogs. Thread safety: none. */
final class ChangePlanner {
    private final PoolCatalog to;
    private final HeldAddresses inUse;
    final List<String> added = new ArrayList<>();
    final List<String> changed = new ArrayList<>();
    final List<Pool> removed = new ArrayList<>();
    final List<Pool> detached = new ArrayList<>();
    final List<String> reattached = new ArrayList<>();
    final List<ChangePlan.Blocker> blockers = new ArrayList<>();
    /** The pools of the next catalog that may collide with detached ones. */
    private final List<Pool> incoming = new ArrayList<>();

    ChangePlanner(PoolCatalog to, List<ChangePlan.Difference> differences, HeldAddresses inUse) {
        this.to = to;
        this.inUse = inUse;
        differences.forEach(difference -> compare(difference.before(), difference.after()));
        inUse.detached().forEach(this::comeBack);
        incoming.forEach(this::checkAgainstDetached);
        blockers.sort((a, b) -> NameOrder.BY_CODE_POINT.compare(a.pool(), b.pool()));
    }

    private void compare(Optional<Pool> before, Optional<Pool> after) {
        if (before.isEmpty()) {
            add(after.orElseThrow());
        } else if (after.isEmpty()) {
            remove(before.get());
        } else {
            changed.add(before.get().name());
            replace(before.get(), after.get());
        }
    }

    private void add(Pool pool) {
        added.add(pool.name());
        checkStrays(pool, pool.addresses());
        incoming.add(pool);
    }

    private void remove(Pool pool) {
        removed.add(pool);
        checkClosed(pool, false);
        if (replacement(pool).checkRemoval()) {
            detached.add(pool);
        }
    }

    /** Any address of a closed pool may be in use, so it must keep all of them. */
    private void checkClosed(Pool before, boolean keepsAddresses) {
        if (!keepsAddresses && inUse.isClosed(before.name())) {
            blockers.add(new ChangePlan.Blocker(
                    before.name(), Optional.empty(), "closed", ChangePlan.Blocker.Reason.POOL_CLOSED));
        }
    }

    private void replace(Pool before, Pool after) {
        checkClosed(before, after.addresses().containsAll(before.addresses()));
        Replacement replacement = replacement(before);
        replacement.checkFamily(after.family());
        replacement.checkSubnet(after.subnet());
        replacement.checkAddresses(after.addresses());
        if (!before.addresses().equals(after.addresses())) {
            boolean isComparable = before.family() == after.family();
            checkStrays(after, isComparable ? after.addresses().minus(before.addresses()) : after.addresses());
            incoming.add(after);
        }
    }

    private void checkStrays(Pool pool, AddressSet gained) {
        inUse.forEachStrayIn(
                pool.name(),
                gained,
                (address, holder) -> blockers.add(new ChangePlan.Blocker(
                        pool.name(), Optional.of(address), holder, ChangePlan.Blocker.Reason.STRAY)));
    }

    /** A detached pool stays detached unless a pool with its name and subnet is added. */
    private void comeBack(Pool pool) {
        Optional<Pool> returning = to.pool(pool.name());
        if (returning.isPresent() && returning.get().subnet().equals(pool.subnet())) {
            reattached.add(pool.name());
            replacement(pool).checkAddresses(returning.get().addresses());
        } else {
            detached.add(pool);
            returning.ifPresent(other -> replacement(pool).checkSubnet(other.subnet()));
        }
    }

    private Replacement replacement(Pool before) {
        return new Replacement(before, inUse, blockers);
    }

    private void checkAgainstDetached(Pool pool) {
        for (Pool other : detached) {
            if (pool.addresses().overlaps(other.addresses())) {
                Optional<Address> common =
                        pool.addresses().intersect(other.addresses()).first();
                blockers.add(new ChangePlan.Blocker(
                        pool.name(), common, other.name(), ChangePlan.Blocker.Reason.OVERLAPS_DETACHED));
            }
        }
    }
}
