package io.ipam.resolution;

/** How the texts that selections came from were read. */
public enum ReadingMode {
    /** Whatever is likely a mistake was refused. */
    STRICT,
    /**
     * As the reference system reads: unknown keys are ignored, keys fold case, a selection may name
     * nothing.
     */
    COMPATIBLE
}
