package io.ipam.engine.state;

import io.ipam.address.AddressSet;
import io.ipam.allocation.PoolUsage;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.number.Position;
import io.ipam.occupancy.Occupancy;
import io.ipam.record.CoolingQueue;
import io.ipam.record.RecordTable;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link Ledger} that depends on the definition of its pool: the bitmaps over the
 * usable addresses, the cooling addresses, and their counts. A catalog update builds the next
 * content before it changes anything, so that applying it is one assignment.
 *
 * <p>Layout: a usable address has its bit in one of two disjoint bitmaps, that of the ordinary
 * addresses or that of the static ones. A pool without static ranges has one bitmap.
 *
 * <p>Thread safety: none, guarded by the ledger's lock.
 */
public final class LedgerContent {
    private final PoolBinding binding;
    /** The usable addresses that are not static. */
    final Occupancy ordinary;
    /** The usable addresses that are static; null if there are none. */
    final @Nullable Occupancy statics;

    private final CoolingQueue cooling;
    /** The number of usable addresses; Long.MAX_VALUE if there are that many or more. */
    final long usableCount;
    /** The number of held addresses that are not usable. */
    int heldReserved;
    /** The number of cooling addresses that are usable. */
    int coolingUsable;

    private LedgerContent(PoolBinding binding, Occupancy ordinary, @Nullable Occupancy statics, CoolingQueue cooling) {
        this.binding = binding;
        this.ordinary = ordinary;
        this.statics = statics;
        this.cooling = cooling;
        BigInteger count = binding.usable().size();
        usableCount = count.bitLength() < Long.SIZE ? count.longValue() : Long.MAX_VALUE;
    }

    /** A content with new bitmaps. Cost: O(held + cooling). */
    public static LedgerContent of(PoolBinding binding, RecordTable records, CoolingQueue cooling) {
        LedgerContent content = empty(binding, cooling);
        for (int slot = records.nextUsed(RecordTable.NONE); slot != RecordTable.NONE; slot = records.nextUsed(slot)) {
            content.heldReserved += content.take(records.high(slot), records.low(slot)) ? 0 : 1;
        }
        CoolingQueue.Cursor cursor = cooling.cursor();
        while (cursor.next()) {
            content.coolingUsable += content.take(cursor.high(), cursor.low()) ? 1 : 0;
        }
        return content;
    }

    /** A content with every usable address free. */
    private static LedgerContent empty(PoolBinding binding, CoolingQueue cooling) {
        AddressSet statics = binding.usableStatics();
        return statics.isEmpty()
                ? new LedgerContent(binding, Occupancy.of(binding.usable()), null, cooling)
                : new LedgerContent(
                        binding, Occupancy.of(binding.usable().minus(statics)), Occupancy.of(statics), cooling);
    }

    /** The same content for another binding with the same usable and static addresses. */
    public LedgerContent with(PoolBinding next) {
        LedgerContent content = new LedgerContent(next, ordinary, statics, cooling);
        content.heldReserved = heldReserved;
        content.coolingUsable = coolingUsable;
        return content;
    }

    /** {@return the binding of the pool} */
    public PoolBinding binding() {
        return binding;
    }

    /** {@return the cooling addresses} */
    public CoolingQueue cooling() {
        return cooling;
    }

    /** Whether an address is usable. */
    boolean isUsable(long high, long low) {
        return ordinary.contains(high, low) || (statics != null && statics.contains(high, low));
    }

    /** Whether an address is usable and neither held nor cooling. */
    boolean isFree(long high, long low) {
        return ordinary.isFree(high, low) || (statics != null && statics.isFree(high, low));
    }

    /** Takes a usable address; returns whether it was free. Otherwise nothing has changed. */
    public boolean take(long high, long low) {
        return ordinary.take(high, low) || (statics != null && statics.take(high, low));
    }

    /** Frees a usable address; returns whether it was taken. Otherwise nothing has changed. */
    boolean free(long high, long low) {
        return ordinary.release(high, low) || (statics != null && statics.release(high, low));
    }

    /** The number of usable addresses that are held or cooling, with this number of records. */
    long takenCount(int held) {
        return (long) held - heldReserved + coolingUsable;
    }

    /** All counts. Cost: O(1), and O(draining) if the pool has draining addresses. */
    PoolUsage usage(RecordTable records) {
        int held = records.size();
        BigInteger total = binding.pool().addresses().size();
        BigInteger usable = binding.usable().size();
        int strays = binding.strays();
        BigInteger reserved = total.subtract(usable).subtract(BigInteger.valueOf((long) heldReserved + strays));
        BigInteger free = usable.subtract(BigInteger.valueOf(takenCount(held)));
        AddressSet draining = binding.pool().drainingAddresses();
        int heldDraining = draining.isEmpty() ? 0 : new HeldIn(draining).collect(records);
        return new PoolUsage(
                binding.pool().name(),
                total,
                held + strays,
                coolingUsable,
                reserved,
                free,
                freeStatics(),
                heldDraining);
    }

    /** The number of free static addresses. */
    BigInteger freeStatics() {
        return statics == null
                ? BigInteger.ZERO
                : statics.addresses().size().subtract(BigInteger.valueOf(takenIn(statics)));
    }

    /** The number of bits that are set. */
    long takenBits() {
        return takenIn(ordinary) + (statics == null ? 0 : takenIn(statics));
    }

    /** A ledger has fewer than 2^31 records and 2^27 cooling addresses. */
    private static long takenIn(Occupancy occupancy) {
        Position count = new Position();
        occupancy.takenCount(count);
        return count.low();
    }

    /** Checks the bitmaps; throws IllegalStateException that names the broken invariant. */
    void verify() {
        ordinary.verify();
        if (statics != null) {
            statics.verify();
        }
    }
}
