package io.ipam.allocation.state;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Prefix;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.Owner;
import io.ipam.allocation.PoolUsage;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The mutable state of one pool: which of its addresses are taken, who holds them, which are cooling.
 *
 * <p>Layout: a bitmap over the usable addresses, a bit set for held and cooling ones; a {@link RecordTable} of the held and a
 * {@link CoolingQueue}. A held or cooling address may be reserved meanwhile: then it has no bit, and counts as held or as
 * reserved.
 *
 * <p>Invariants, checked by {@link LedgerCheck}:
 * <ul>
 *   <li>BITS-ARE-TAKEN: the set bits are the usable addresses that are held or cooling; none is both.
 *   <li>COUNTS-FIT: heldReserved and coolingUsable count what their names say.
 * </ul>
 *
 * <p>Ledgers are locked by ascending number. Thread safety: everything needs the lock but {@link #isExhausted}, {@link #place} and what
 * {@link RecordRows#isOwner} allows.
 */
final class Ledger implements LedgerReader {
    private final long number;
    /** Changed under the swap lock. */
    private int place = LedgerPlaces.NONE;

    private final Mutex lock = new Mutex();
    private final Prefix subnet;
    private final long coolDownMillis;

    private final RecordTable records;
    private final CoolingQueue cooling;
    private @Nullable Definition definition;
    private Occupancy occupancy;

    /** How many addresses are usable; Long.MAX_VALUE stands for that many or more. */
    private long usableCount;
    /** Held addresses that are not usable. */
    private int heldReserved;
    /** Cooling addresses that are usable. */
    private int coolingUsable;
    /** The latest time that was seen: time does not go back here. */
    private long nowMillis = Long.MIN_VALUE;

    private boolean hasLastGranted;
    private long lastGrantedHigh;
    private long lastGrantedLow;
    /** Between what every grant writes, the numbers of 64 bits, and what others read: decision 0059. */
    @SuppressWarnings("unused")
    private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;

    /**
     * What {@link #isExhausted} answers; written when it changes, to spare readers the lock. It does not change when an address goes
     * from free to cooling or back.
     */
    private volatile boolean exhausted;

    /** Behind the references, which come last: what lies behind is in other lines. */
    @SuppressWarnings("unused")
    private @Nullable Object r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15;

    @SuppressWarnings("unused")
    private @Nullable Object r16, r17, r18, r19, r20, r21, r22, r23, r24, r25, r26, r27, r28, r29, r30, r31;

    Ledger(long number, Prefix subnet, long coolDownMillis) {
        this.number = number;
        this.subnet = subnet;
        this.coolDownMillis = coolDownMillis;
        Address base = subnet.base();
        int hostBits = subnet.family().bits() - subnet.length();
        records = new RecordTable(base.high(), base.low(), hostBits);
        cooling = new CoolingQueue(base.high(), base.low(), hostBits);
        occupancy = Occupancy.of(AddressSet.empty(subnet.family()));
    }

    long number() {
        return number;
    }

    /** Where it is among the {@link LedgerPlaces} of its world. */
    int place() {
        return place;
    }

    void setPlace(int place) {
        this.place = place;
    }

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    RecordTable records() {
        return records;
    }

    CoolingQueue coolingQueue() {
        return cooling;
    }

    Occupancy occupancy() {
        return occupancy;
    }

    @Override
    public @Nullable Definition definition() {
        return definition;
    }

    /** Puts a definition in force; the bitmap is made anew when other addresses are usable. Cost: O(held) then, else O(1). */
    void define(Definition next) {
        boolean sameAddresses = definition != null && definition.usable().equals(next.usable());
        definition = next;
        if (!sameAddresses) {
            rebuild(next.usable());
        }
        updateExhausted();
    }

    /** Ends the ledger: every request that was resolved with it resolves again. */
    void retire() {
        definition = null;
    }

    /** Frees what has cooled down by now; answers the time that counts here, which never goes back. */
    long advance(long millis) {
        nowMillis = Math.max(nowMillis, millis);
        if (cooling.size() > 0) {
            expire();
        }
        return nowMillis;
    }

    private void expire() {
        CoolingQueue.Cursor cursor = cooling.cursor();
        while (cursor.next() && CoolDown.isOver(cursor.stampMillis(), nowMillis, coolDownMillis)) {
            dropCooling(cursor);
        }
    }

    /** Takes the entry of a cursor out of the cooling queue: the address is free. */
    private void dropCooling(CoolingQueue.Cursor cursor) {
        if (occupancy.release(cursor.high(), cursor.low())) {
            coolingUsable--;
        }
        cursor.remove();
    }

    /** Adds a record for an address that is free or cooling; answers its slot. */
    int grant(long high, long low, Owner owner, String interfaceName, long generation) {
        if (!occupancy.take(high, low)) {
            takeCooling(high, low);
        }
        setLastGranted(high, low);
        int slot = records.add(high, low, owner, interfaceName, generation);
        updateExhausted();
        return slot;
    }

    private void takeCooling(long high, long low) {
        if (records.find(high, low) != RecordTable.NONE || !cooling.remove(high, low)) {
            throw new IllegalStateException(
                    "granted " + address(high, low) + " of " + this + ", which is neither free nor cooling");
        }
        coolingUsable--;
    }

    /** The record in a slot that is in use. */
    OwnedRecord recordOf(int slot) {
        Definition now = definition;
        if (now == null) {
            throw new IllegalStateException("the pool of " + this + " is gone");
        }
        return new OwnedRecord(
                now,
                address(records.high(slot), records.low(slot)),
                records.owner(slot),
                records.interfaceName(slot),
                records.generation(slot),
                slot);
    }

    /** Ends the record in a slot; the address cools down, or is free at once. */
    void release(int slot) {
        long high = records.high(slot);
        long low = records.low(slot);
        // Of what is held, just the usable addresses have a bit: BITS-ARE-TAKEN.
        boolean usable = coolDownMillis > 0 ? occupancy.contains(high, low) : occupancy.release(high, low);
        if (!usable) {
            heldReserved--;
        }
        if (coolDownMillis > 0) {
            cooling.add(high, low, records.owner(slot), nowMillis);
            coolingUsable += usable ? 1 : 0;
        }
        records.remove(slot);
        if (exhausted) {
            updateExhausted();
        }
    }

    /** Puts a record in force that was held elsewhere and answers its slot; {@link RecordTable#NONE} when the address is held here. */
    int restoreHeld(long high, long low, Owner owner, String interfaceName, long generation) {
        if (records.find(high, low) != RecordTable.NONE) {
            return RecordTable.NONE;
        }
        if (!occupancy.take(high, low)) {
            heldReserved++;
        }
        int slot = records.add(high, low, owner, interfaceName, generation);
        updateExhausted();
        return slot;
    }

    /** Lets addresses that are neither held nor cooling here cool down among those that do, each with the stamp that it has. */
    void mergeCooling(List<Cooling> more) {
        if (more.isEmpty()) {
            return;
        }
        List<Cooling> all = new ArrayList<>(cooling.size() + more.size());
        CoolingQueue.Cursor cursor = cooling.cursor();
        while (cursor.next()) {
            all.add(cursor.entry());
        }
        all.addAll(more);
        all.sort(Comparator.comparingLong(Cooling::releasedMillis));
        cooling.clear();
        for (Cooling entry : all) {
            cooling.add(entry.high(), entry.low(), entry.lastOwner(), entry.releasedMillis());
            if (occupancy.take(entry.high(), entry.low())) {
                coolingUsable++;
            }
        }
    }

    /** Takes out what cools down and is not of a set of addresses. */
    List<Cooling> takeCoolingBeside(AddressSet addresses) {
        List<Cooling> taken = new ArrayList<>(0);
        CoolingQueue.Cursor cursor = cooling.cursor();
        while (cursor.next()) {
            if (addresses.rangeIndexOf(cursor.high(), cursor.low()) < 0) {
                taken.add(cursor.entry());
                dropCooling(cursor);
            }
        }
        return taken;
    }

    void setLastGranted(long high, long low) {
        if (!hasLastGranted) {
            hasLastGranted = true; // It lies beside what others read.
        }
        lastGrantedHigh = high;
        lastGrantedLow = low;
    }

    Optional<Address> lastGranted() {
        return hasLastGranted ? Optional.of(address(lastGrantedHigh, lastGrantedLow)) : Optional.empty();
    }

    int heldReserved() {
        return heldReserved;
    }

    /** Whether no address can be handed out. Thread safety: needs no lock; may be out of date at once. */
    boolean isExhausted() {
        return exhausted;
    }

    /** How many usable addresses are held or cooling. */
    long takenCount() {
        return (long) records.size() - heldReserved + coolingUsable;
    }

    private void updateExhausted() {
        boolean now = coolingUsable == 0 && free() == 0;
        if (exhausted != now) {
            exhausted = now;
        }
    }

    @Override
    public long free() {
        return usableCount == Long.MAX_VALUE ? usableCount : usableCount - takenCount();
    }

    @Override
    public int cooling() {
        return coolingUsable;
    }

    @Override
    public @Nullable Cooling cooling(int nth, List<Address> passedOver) {
        CoolingQueue.Cursor cursor = cooling.cursor();
        int left = nth;
        while (cursor.next()) {
            boolean counts = occupancy.contains(cursor.high(), cursor.low())
                    && (passedOver.isEmpty() || !passedOver.contains(address(cursor.high(), cursor.low())));
            if (counts && left-- == 0) {
                return cursor.entry();
            }
        }
        return null;
    }

    @Override
    public @Nullable Cooling coolingAt(long high, long low) {
        CoolingQueue.Cursor cursor = cooling.find(high, low);
        return cursor == null ? null : cursor.entry();
    }

    @Override
    public Instant coolUntil(Cooling entry) {
        return Instant.ofEpochMilli(entry.releasedMillis()).plusMillis(coolDownMillis);
    }

    @Override
    public @Nullable Held heldAt(long high, long low) {
        int slot = records.find(high, low);
        return slot == RecordTable.NONE
                ? null
                : new Held(records.owner(slot), records.interfaceName(slot), records.generation(slot));
    }

    @Override
    public boolean isFree(long high, long low) {
        return occupancy.isFree(high, low);
    }

    @Override
    public FreePicks picks(AllocationOrder order, Owner owner, long random) {
        return new FreePicks(this, order, owner, random);
    }

    @Override
    public void startPicks(FreePicks picks) {
        picks.startIn(this);
    }

    @Override
    public PoolUsage usage() {
        Definition now = definition;
        if (now == null) {
            throw new IllegalStateException("the pool of " + this + " is gone");
        }
        BigInteger total = now.pool().addresses().size();
        BigInteger usable = now.usable().size();
        BigInteger reserved = total.subtract(usable).subtract(BigInteger.valueOf(heldReserved));
        BigInteger taken = BigInteger.valueOf(takenCount());
        return new PoolUsage(now.pool().name(), total, records.size(), coolingUsable, reserved, usable.subtract(taken));
    }

    Address address(long high, long low) {
        return new Address(subnet.family(), high, low);
    }

    @Override
    public String toString() {
        return "ledger " + number + " of " + subnet;
    }

    private void rebuild(AddressSet usable) {
        occupancy = Occupancy.of(usable);
        if (!usable.isEmpty()) {
            records.startAt(usable.firstHigh(0), usable.firstLow(0));
        }
        BigInteger count = usable.size();
        usableCount = count.bitLength() < Long.SIZE ? count.longValue() : Long.MAX_VALUE;
        heldReserved = 0;
        coolingUsable = 0;
        for (int slot = records.nextUsed(RecordTable.NONE); slot != RecordTable.NONE; slot = records.nextUsed(slot)) {
            if (!occupancy.take(records.high(slot), records.low(slot))) {
                heldReserved++;
            }
        }
        CoolingQueue.Cursor cursor = cooling.cursor();
        while (cursor.next()) {
            if (occupancy.take(cursor.high(), cursor.low())) {
                coolingUsable++;
            }
        }
    }
}
