package io.ipam.engine.state;

import io.ipam.address.Address;
import io.ipam.address.Prefix;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.PoolUsage;
import io.ipam.engine.decision.FreePicks;
import io.ipam.engine.decision.HeldRecord;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.decision.PoolView;
import io.ipam.occupancy.Occupancy;
import io.ipam.owner.Owner;
import io.ipam.record.CoolDown;
import io.ipam.record.Cooling;
import io.ipam.record.CoolingQueue;
import io.ipam.record.RecordTable;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The mutable state of one pool: taken addresses, their owners, and cooling addresses.
 *
 * <p>Layout: a {@link RecordTable} of held addresses, and a {@link LedgerContent} with the bitmaps
 * over the usable addresses and the cooling ones. A held or cooling address that becomes reserved
 * loses its bit.
 *
 * <p>Invariants, checked by {@link LedgerCheck}: BITS-ARE-TAKEN: the bit of a usable address is set
 * if and only if it is held, cooling, or marked. COUNTS-FIT: heldReserved and coolingUsable equal
 * the counted addresses.
 *
 * <p>Thread safety: guarded by the ledger's lock, except {@link #isExhausted}. Ledgers are locked
 * in ascending order of their numbers.
 */
public final class Ledger implements PoolView {
    private final int number;
    private final Prefix subnet;
    private final long coolDownMillis;
    private final long hashSeed;
    private final ShortLock lock = new ShortLock();
    private final RecordTable records;
    private final StatusSize statusSize;
    /** Null before the pool is defined and after it has ended. */
    private @Nullable LedgerContent content;
    /** The latest time of a request. */
    private long nowMillis = Long.MIN_VALUE;
    /** The address after which the order NEXT continues; null if there is none. */
    private @Nullable Address lastGranted;
    /** Addresses that a commit will grant: taken in the bitmap, and in no record. Null if none. */
    private @Nullable Set<Address> marks;
    /** Whether the pool is full; read without the lock, so it may be outdated. */
    private volatile boolean exhausted;

    /** A ledger without a pool. */
    public Ledger(int number, Prefix subnet, StateSettings settings) {
        this.number = number;
        this.subnet = subnet;
        coolDownMillis = settings.coolDownMillis();
        hashSeed = settings.hashSeed();
        records = new RecordTable(subnet.base().high(), subnet.base().low(), hostBits(subnet), hashSeed);
        statusSize = new StatusSize(subnet.family(), settings.statusLimitBytes());
    }

    private static int hostBits(Prefix subnet) {
        return subnet.family().bits() - subnet.length();
    }

    /** {@return the number of this ledger} */
    public int number() {
        return number;
    }

    /** Locks this ledger. */
    public void lock() {
        lock.lock();
    }

    /** Unlocks this ledger. */
    public void unlock() {
        lock.unlock();
    }

    /** {@return the records of held addresses} */
    public RecordTable records() {
        return records;
    }

    /** {@return the content of a pool that has not ended} */
    public LedgerContent content() {
        LedgerContent now = content;
        if (now == null) {
            throw new IllegalStateException("the pool of " + this + " has ended");
        }
        return now;
    }

    /** The current binding, null if the pool has ended. */
    public @Nullable PoolBinding binding() {
        return content == null ? null : content.binding();
    }

    /** {@return an empty queue for addresses of the subnet} */
    public CoolingQueue newCoolingQueue() {
        return new CoolingQueue(subnet.base().high(), subnet.base().low(), hostBits(subnet), hashSeed);
    }

    /** Replaces the content; null ends the ledger. Cannot fail. */
    public void apply(@Nullable LedgerContent next) {
        content = next;
        updateExhausted();
    }

    /** Frees the addresses that have cooled down by the latest time of a request. */
    public void advance(long millis) {
        nowMillis = Math.max(nowMillis, millis);
        LedgerContent now = content;
        if (now == null || now.cooling().size() == 0) {
            return;
        }
        CoolingQueue.Cursor cursor = now.cooling().cursor();
        while (cursor.next() && CoolDown.isOver(cursor.stampMillis(), nowMillis, coolDownMillis)) {
            expire(now, cursor.high(), cursor.low());
            cursor.remove();
        }
    }

    /** A marked address keeps its bit. */
    private void expire(LedgerContent now, long high, long low) {
        boolean isMarked = marks != null && marks.contains(address(high, low));
        boolean isUsable = isMarked ? now.isUsable(high, low) : now.free(high, low);
        now.coolingUsable -= isUsable ? 1 : 0;
    }

    /** Reserves memory for some grants, including this one, which then cannot fail. */
    void prepareGrant(Address address, int count) {
        records.reserve(count);
        content().take(address.high(), address.low());
    }

    /** Reverts {@link #prepareGrant} for an address that is neither held nor cooling. */
    void cancelGrant(Address address) {
        if (records.find(address.high(), address.low()) == RecordTable.NONE && coolingAt(address) == null) {
            content().free(address.high(), address.low());
        }
    }

    /** Takes an address in the bitmap for a commit that will grant it. */
    public void mark(Address address) {
        Set<Address> all = marks == null ? new HashSet<>() : marks;
        all.add(address);
        content().take(address.high(), address.low());
        marks = all;
    }

    /** Reverts {@link #mark}. */
    public void unmark(Address address) {
        if (marks != null && marks.remove(address)) {
            marks = marks.isEmpty() ? null : marks;
            cancelGrant(address);
        }
    }

    /** {@return the marked addresses} */
    public Set<Address> marks() {
        return marks == null ? Set.of() : marks;
    }

    void prepareReleases(int count) {
        if (coolDownMillis > 0) {
            content().cooling().reserve(count);
        }
    }

    /** Adds a record for a prepared address; returns its slot. */
    public int grant(HeldRecord next) {
        Address address = next.address();
        LedgerContent now = content();
        if (now.cooling().remove(address.high(), address.low())) {
            now.coolingUsable--;
        }
        // A release of the same decision may have freed it.
        now.take(address.high(), address.low());
        lastGranted = address;
        int slot = records.add(address.high(), address.low(), next.owner(), next.interfaceName(), next.generation());
        updateExhausted();
        return slot;
    }

    /** The size of the status text. */
    public StatusSize statusSize() {
        return statusSize;
    }

    /** The record in a slot that is in use. */
    public HeldRecord recordOf(int slot) {
        return new HeldRecord(
                content().binding(),
                address(records.high(slot), records.low(slot)),
                records.owner(slot),
                records.interfaceName(slot),
                records.generation(slot));
    }

    /** The slot of a held address. */
    public int slotOf(Address address) {
        int slot = records.find(address.high(), address.low());
        if (slot == RecordTable.NONE) {
            throw new IllegalStateException(address + " is not held in " + this);
        }
        return slot;
    }

    /** Ends a record at the latest time of a request, as {@link #release(int, long)} does. */
    public void release(int slot) {
        release(slot, nowMillis);
    }

    /** Ends a record at a time; its address becomes cooling, or free if there is no cool-down. */
    public void release(int slot, long releasedMillis) {
        long high = records.high(slot);
        long low = records.low(slot);
        LedgerContent now = content();
        boolean usable = coolDownMillis > 0 ? now.isUsable(high, low) : now.free(high, low);
        now.heldReserved -= usable ? 0 : 1;
        if (coolDownMillis > 0) {
            now.cooling().add(high, low, records.owner(slot), releasedMillis);
            now.coolingUsable += usable ? 1 : 0;
        }
        records.remove(slot);
        updateExhausted();
    }

    /** Adds a restored record; returns its slot, or NONE if the address is held. */
    int restoreHeld(Address address, Owner owner, String interfaceName, long generation) {
        if (records.find(address.high(), address.low()) != RecordTable.NONE) {
            return RecordTable.NONE;
        }
        LedgerContent now = content();
        now.heldReserved += now.take(address.high(), address.low()) ? 0 : 1;
        int slot = records.add(address.high(), address.low(), owner, interfaceName, generation);
        updateExhausted();
        return slot;
    }

    /** Sets the address after which the order NEXT continues. */
    public void setLastGranted(Address address) {
        lastGranted = address;
    }

    @Nullable
    Address lastGranted() {
        return lastGranted;
    }

    /** Whether no address can be allocated. Thread safety: safe; may be outdated. */
    public boolean isExhausted() {
        return exhausted;
    }

    private void updateExhausted() {
        boolean now = content != null && content.coolingUsable == 0 && free() == 0;
        if (exhausted != now) {
            exhausted = now;
        }
    }

    @Override
    public long free() {
        long usable = content().usableCount;
        return usable == Long.MAX_VALUE ? usable : usable - content().takenCount(records.size());
    }

    @Override
    public long freeOrdinary() {
        return content().statics != null ? content().ordinary.freeCount() : free();
    }

    @Override
    public int cooling() {
        return content().coolingUsable;
    }

    @Override
    public @Nullable Cooling cooling(int nth, List<Address> passedOver) {
        CoolingQueue.Cursor cursor = content().cooling().cursor();
        int left = nth;
        while (cursor.next()) {
            boolean counts = content().isUsable(cursor.high(), cursor.low())
                    && (passedOver.isEmpty() || !passedOver.contains(address(cursor.high(), cursor.low())));
            if (counts && left-- == 0) {
                return cursor.entry();
            }
        }
        return null;
    }

    @Override
    public @Nullable Cooling coolingAt(Address address) {
        return content().cooling().find(address.high(), address.low());
    }

    @Override
    public Instant coolUntil(Cooling entry) {
        return Instant.ofEpochMilli(entry.releasedMillis()).plusMillis(coolDownMillis);
    }

    @Override
    public @Nullable Held heldAt(Address address) {
        int slot = records.find(address.high(), address.low());
        return slot == RecordTable.NONE ? null : new Held(records.owner(slot), records.generation(slot));
    }

    @Override
    public boolean isFree(Address address) {
        return content().isFree(address.high(), address.low());
    }

    @Override
    public FreePicks picks(AllocationOrder order, Owner owner, long random) {
        return new FreePicks(content().ordinary, order, lastGranted, owner, random);
    }

    @Override
    public FreePicks staticPicks(AllocationOrder order, Owner owner, long random) {
        Occupancy statics = content().statics;
        if (statics == null) {
            throw new IllegalStateException(this + " has no static addresses");
        }
        return new FreePicks(statics, order, lastGranted, owner, random);
    }

    @Override
    public PoolUsage usage() {
        return content().usage(records);
    }

    /** {@return an address of the subnet} */
    public Address address(long high, long low) {
        return new Address(subnet.family(), high, low);
    }

    @Override
    public String toString() {
        return "ledger " + number + " of " + subnet;
    }
}
