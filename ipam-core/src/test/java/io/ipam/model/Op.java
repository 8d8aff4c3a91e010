package io.ipam.model;

/** One random action. Its kind interprets the numbers, modulo the number of choices. */
record Op(Kind kind, int a, int b, int c) {
    enum Kind {
        ALLOCATE(12),
        ALLOCATE_STALE(2),
        RELEASE_OWNER(3),
        RELEASE_INTERFACE(2),
        RELEASE_ADDRESS(4),
        HAND_OVER(3),
        UPDATE(5),
        TICK(3),
        RECONCILE(2),
        EXPORT(1),
        RESTART(1),
        RESTORE(1);

        final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    @Override
    public String toString() {
        return kind + "(" + a + "," + b + "," + c + ")";
    }
}
