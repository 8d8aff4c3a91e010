package io.ipam.proof;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Engines with known bugs that tests of concurrency must catch. Each replaces one call with a wrong
 * combination of correct calls. The numbers are those of {@link SmallWorld}.
 */
final class PlantedEngines {
    private static final int ETH0_A = 0;
    private static final int ETH0_B = 1;
    private static final int ETH0_A_B = 2;
    private static final int ETH0_B_A = 3;
    private static final int ETH0_ANY = 4;
    private static final int ETH0_A_NET1_B = 6;
    private static final int NET1_B = 9;

    private PlantedEngines() {}

    /** A correct engine, for a subclass to break in one place. */
    private abstract static class Spoilt implements Calls {
        final Calls sound;

        Spoilt(Calls sound) {
            this.sound = sound;
        }

        @Override
        public String ask(int who, int request) {
            return sound.ask(who, request);
        }

        @Override
        public String given(int who, int address) {
            return sound.given(who, address);
        }

        @Override
        public String release(int who) {
            return sound.release(who);
        }

        @Override
        public String releaseInterface(int who, String interfaceName) {
            return sound.releaseInterface(who, interfaceName);
        }

        @Override
        public String releaseAddress(int who, int address, boolean first) {
            return sound.releaseAddress(who, address, first);
        }

        @Override
        public String handOver(int from, int to) {
            return sound.handOver(from, to);
        }

        @Override
        public String swap(int from, int to, boolean force) {
            return sound.swap(from, to, force);
        }

        @Override
        public String usage(String pool) {
            return sound.usage(pool);
        }

        @Override
        public String export() {
            return sound.export();
        }

        @Override
        public String wipe() {
            return sound.wipe();
        }
    }

    /** Between two steps: lets other threads run, which exposes the bug. */
    private static void meanwhile() {
        Thread.yield();
    }

    private static boolean isRefused(String answer) {
        return !answer.contains("#");
    }

    /**
     * Allocates one address after the other, and releases them if one cannot be allocated: other
     * threads see a part.
     */
    static final class AllocateThenUndo extends Spoilt {
        AllocateThenUndo(Calls sound) {
            super(sound);
        }

        @Override
        public String ask(int who, int request) {
            if (request != ETH0_A_NET1_B) {
                return sound.ask(who, request);
            }
            String first = sound.ask(who, ETH0_A);
            meanwhile();
            String second = sound.ask(who, NET1_B);
            if (isRefused(second)) {
                meanwhile();
                sound.releaseInterface(who, "eth0");
                return second;
            }
            return first + ", " + second;
        }
    }

    /**
     * Tries one candidate after the other in separate requests: reports "exhausted" while an
     * address is always free.
     */
    static final class FallbackAlone extends Spoilt {
        FallbackAlone(Calls sound) {
            super(sound);
        }

        @Override
        public String ask(int who, int request) {
            if (request != ETH0_A_B) {
                return sound.ask(who, request);
            }
            String first = sound.ask(who, ETH0_A);
            meanwhile();
            return isRefused(first) ? sound.ask(who, ETH0_B) : first;
        }
    }

    /**
     * Keeps the lock of a full pool and locks the next candidate in the order of the request: two
     * requests deadlock.
     */
    static final class LockAsYouGo extends Spoilt {
        private final ReentrantLock a = new ReentrantLock();
        private final ReentrantLock b = new ReentrantLock();

        LockAsYouGo(Calls sound) {
            super(sound);
        }

        @Override
        public String ask(int who, int request) {
            return switch (request) {
                case ETH0_A_B -> ask(who, a, ETH0_A, b, ETH0_B);
                case ETH0_B_A -> ask(who, b, ETH0_B, a, ETH0_A);
                default -> sound.ask(who, request);
            };
        }

        private String ask(int who, ReentrantLock lock, int request, ReentrantLock nextLock, int nextRequest) {
            lock.lock();
            try {
                String first = sound.ask(who, request);
                if (!isRefused(first)) {
                    return first;
                }
                meanwhile();
                nextLock.lock();
                try {
                    return sound.ask(who, nextRequest);
                } finally {
                    nextLock.unlock();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Records of pool a only, by address. Each of its calls is one step, but a request consists of
     * several.
     */
    private static final class Records {
        private final Map<String, Integer> holders = new TreeMap<>();

        synchronized String lowestFree() {
            return holders.containsKey("a1") ? "a2" : "a1";
        }

        synchronized String heldBy(int who) {
            return holders.containsValue(who) ? "eth0 a1 #" : "";
        }

        synchronized String record(int who, String address) {
            holders.put(address, who);
            return "eth0 " + address + " #";
        }

        synchronized String recordLowestFree(int who) {
            return record(who, lowestFree());
        }
    }

    /** Chooses in one step and records in another: one address gets two owners. */
    static final class ChooseThenRecord extends Spoilt {
        private final Records records = new Records();

        ChooseThenRecord(Calls sound) {
            super(sound);
        }

        @Override
        public String ask(int who, int request) {
            String chosen = records.lowestFree();
            meanwhile();
            return records.record(who, chosen);
        }
    }

    /**
     * Checks in one step whether the owner holds an address, and allocates in another: one owner
     * gets two addresses.
     */
    static final class LookThenAllocate extends Spoilt {
        private final Records records = new Records();

        LookThenAllocate(Calls sound) {
            super(sound);
        }

        @Override
        public String ask(int who, int request) {
            String held = records.heldBy(who);
            meanwhile();
            return held.isEmpty() ? records.recordLowestFree(who) : held;
        }
    }

    /**
     * Checks the token in one step and releases in another: frees a grant that was made in between.
     */
    static final class ReleaseWithoutGuard extends Spoilt {
        ReleaseWithoutGuard(Calls sound) {
            super(sound);
        }

        @Override
        public String releaseAddress(int who, int address, boolean first) {
            boolean isMeant = first && sound.export().contains("#first");
            meanwhile();
            return isMeant ? sound.releaseInterface(who, "eth0") : sound.releaseAddress(who, address, first);
        }
    }

    /** Compares the uid in one step and replaces it in another: two hand-overs both succeed. */
    static final class CompareThenHandOver extends Spoilt {
        CompareThenHandOver(Calls sound) {
            super(sound);
        }

        @Override
        public String handOver(int from, int to) {
            boolean isFrom =
                    sound.export().contains("=" + SmallWorld.owner(from).uid() + " ");
            meanwhile();
            String answer = sound.handOver(from, to);
            return isFrom ? answer.replace("already", "handed over") : answer;
        }
    }

    /** Exports one pool after the other: the export contains a part of a grant made in between. */
    static final class ExportInParts extends Spoilt {
        ExportInParts(Calls sound) {
            super(sound);
        }

        @Override
        public String export() {
            String first = part("a");
            meanwhile();
            String second = part("b");
            return first.isEmpty() || second.isEmpty() ? first + second : first + ", " + second;
        }

        private String part(String pool) {
            return Arrays.stream(sound.export().split(", ", -1))
                    .filter(record -> record.startsWith(pool))
                    .collect(Collectors.joining(", "));
        }
    }

    /** Selects the candidates in one catalog and allocates in another. */
    static final class StaleCatalog extends Spoilt {
        private volatile int catalog;

        StaleCatalog(Calls sound) {
            super(sound);
        }

        @Override
        public String swap(int from, int to, boolean force) {
            String answer = sound.swap(from, to, force);
            catalog = to;
            return answer;
        }

        @Override
        public String ask(int who, int request) {
            boolean isAllThatServes = request == ETH0_ANY && catalog == 3;
            meanwhile();
            return sound.ask(who, isAllThatServes ? ETH0_B : request);
        }
    }

    /**
     * Reads the catalog in one step and the holdings of the owner in another, and refuses on the
     * basis of both.
     */
    static final class StaleRefusal extends Spoilt {
        private volatile int catalog;

        StaleRefusal(Calls sound) {
            super(sound);
        }

        @Override
        public String swap(int from, int to, boolean force) {
            String answer = sound.swap(from, to, force);
            catalog = to;
            return answer;
        }

        @Override
        public String ask(int who, int request) {
            boolean isClosed = request == ETH0_A && catalog == 3;
            meanwhile();
            boolean holdsNothing = !sound.export().contains("a1=p");
            return isClosed && holdsNothing ? "no_candidate" : sound.ask(who, request);
        }
    }
}
