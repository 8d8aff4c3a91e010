package io.ipam.resolution;

/** The mode in which the texts of selections were read. */
public enum ReadingMode {
    /** Probable mistakes are refused. */
    STRICT,
    /**
     * Texts are read as in Spiderpool: unknown keys are ignored, the case of keys is ignored, and a
     * selection may be empty.
     */
    COMPATIBLE
}
