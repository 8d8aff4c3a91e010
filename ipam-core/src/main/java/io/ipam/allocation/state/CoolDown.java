package io.ipam.allocation.state;

/** When a cool-down is over. */
final class CoolDown {
    private CoolDown() {}

    /** Without overflow: nothing has cooled down before a time was told (a look at the state tells none). */
    static boolean isOver(long releasedMillis, long nowMillis, long coolDownMillis) {
        return nowMillis >= Long.MIN_VALUE + coolDownMillis && releasedMillis <= nowMillis - coolDownMillis;
    }
}
