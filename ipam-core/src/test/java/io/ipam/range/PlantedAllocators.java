package io.ipam.range;

import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.allocation.AllocationOrder;
import io.ipam.number.Position;
import io.ipam.occupancy.Occupancy;
import java.util.concurrent.locks.ReentrantLock;

/** Allocators of four addresses with known bugs that tests of concurrency must catch. */
final class PlantedAllocators {
    private PlantedAllocators() {}

    /**
     * The operations under test, on numbers: an address is its last byte, -1 means that no address
     * is free.
     */
    interface Subject {
        int allocate();

        boolean take(int address);

        boolean release(int address);

        int allocated();
    }

    static AddressSet four() {
        return AddressSet.of(AddressRange.parse("10.0.0.0-10.0.0.3"));
    }

    private static final long BASE = 0x0A000000;

    private static int count(Occupancy occupancy) {
        Position count = new Position();
        occupancy.takenCount(count);
        return (int) count.low();
    }

    /** The real allocator. */
    static final class Sound implements Subject {
        private final RangeAllocator allocator;

        Sound(AllocationOrder order) {
            allocator = RangeAllocator.of(four(), order, 1);
        }

        @Override
        public int allocate() {
            AddressCursor cursor = new AddressCursor();
            return allocator.tryAllocate(cursor) ? (int) (cursor.low() - BASE) : -1;
        }

        @Override
        public boolean take(int address) {
            return allocator.take(0, BASE + address) == TakeOutcome.ALLOCATED;
        }

        @Override
        public boolean release(int address) {
            return allocator.release(0, BASE + address) == ReleaseOutcome.RELEASED;
        }

        @Override
        public int allocated() {
            return allocator.allocated().intValue();
        }
    }

    /**
     * Chooses under the lock and records under the lock, but not in one step: two callers get the
     * same address.
     */
    static final class ChooseThenRecord implements Subject {
        private final Occupancy occupancy = Occupancy.of(four());
        private final ReentrantLock lock = new ReentrantLock();

        @Override
        public int allocate() {
            Position at = new Position();
            lock.lock();
            try {
                if (!occupancy.lowestFree(at)) {
                    return -1;
                }
            } finally {
                lock.unlock();
            }
            lock.lock();
            try {
                occupancy.take(at.high(), at.low());
            } finally {
                lock.unlock();
            }
            return (int) (at.low() - BASE);
        }

        @Override
        public boolean take(int address) {
            lock.lock();
            try {
                return occupancy.take(0, BASE + address);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public boolean release(int address) {
            lock.lock();
            try {
                return occupancy.release(0, BASE + address);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public int allocated() {
            lock.lock();
            try {
                return count(occupancy);
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Checks one address after the other in separate steps: reports "exhausted" although one is
     * always free.
     */
    static final class ScanWithoutLock implements Subject {
        private final Occupancy occupancy = Occupancy.of(four());
        private final ReentrantLock lock = new ReentrantLock();

        @Override
        public int allocate() {
            for (int i = 0; i < 4; i++) {
                lock.lock();
                try {
                    if (occupancy.take(0, BASE + i)) {
                        return i;
                    }
                } finally {
                    lock.unlock();
                }
            }
            return -1;
        }

        @Override
        public boolean take(int address) {
            lock.lock();
            try {
                return occupancy.take(0, BASE + address);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public boolean release(int address) {
            lock.lock();
            try {
                return occupancy.release(0, BASE + address);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public int allocated() {
            lock.lock();
            try {
                return count(occupancy);
            } finally {
                lock.unlock();
            }
        }
    }

    /** Omits the lock on release: a bit is lost if two writers change one word. */
    static final class ReleaseWithoutLock implements Subject {
        private final Occupancy occupancy = Occupancy.of(four());
        private final ReentrantLock lock = new ReentrantLock();

        @Override
        public int allocate() {
            Position at = new Position();
            lock.lock();
            try {
                return occupancy.takeLowest(at) ? (int) (at.low() - BASE) : -1;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public boolean take(int address) {
            lock.lock();
            try {
                return occupancy.take(0, BASE + address);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public boolean release(int address) {
            return occupancy.release(0, BASE + address);
        }

        @Override
        public int allocated() {
            lock.lock();
            try {
                return count(occupancy);
            } finally {
                lock.unlock();
            }
        }
    }
}
