package io.ipam.benchmarks.contest;

import org.openjdk.jol.info.GraphLayout;

/**
 * The memory that objects retain, counted object by object with JOL. Thread safety: none needed; no state.
 *
 * <p>Cost: a walk over everything that is reachable; a million small objects take about two seconds.
 */
public final class Footprint {
    static {
        // Without it JOL cannot look into records.
        System.setProperty("jol.magicFieldOffset", "true");
    }

    private Footprint() {}

    /**
     * Counts.
     *
     * @param roots where to begin
     * @return bytes of all objects that can be reached, each once
     */
    public static long bytes(Object... roots) {
        return GraphLayout.parseInstance(roots).totalSize();
    }

    /**
     * Counts what comes on top of something shared.
     *
     * @param root where to begin
     * @param shared what is not to be counted, with all that can be reached from it
     * @return bytes
     */
    public static long bytesBeside(Object root, Object... shared) {
        Object[] both = new Object[shared.length + 1];
        System.arraycopy(shared, 0, both, 0, shared.length);
        both[shared.length] = root;
        return bytes(both) - (shared.length == 0 ? 0 : bytes(shared));
    }
}
