package io.ipam.benchmarks.peers;

/**
 * Which of the addresses of a {@link Ring} is released next and which is taken: a random one of those that are live, and one that
 * is not. The same for all who begin with the same number. Thread safety: none.
 */
final class Turnover {
    private static final long FIRST_STATE = 0x9e37_79b9_7f4a_7c15L;

    private final int[] live;
    private final int[] spare;
    private long state = FIRST_STATE;
    private int next;
    private int released;
    private int taken;

    /** As many live ones as there are others: those of lower index are live at first. */
    Turnover(int count) {
        live = new int[count];
        spare = new int[count];
        for (int i = 0; i < count; i++) {
            live[i] = i;
            spare[i] = count + i;
        }
    }

    /** Chooses anew. */
    void step() {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        int slot = (int) ((state >>> 33) * live.length >>> 31);
        released = live[slot];
        taken = spare[next];
        live[slot] = taken;
        spare[next] = released;
        next = next + 1 == spare.length ? 0 : next + 1;
    }

    /** Which is released. */
    int released() {
        return released;
    }

    /** Which is taken. */
    int taken() {
        return taken;
    }
}
