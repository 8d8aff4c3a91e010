package io.ipam.benchmarks.contest;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.openjdk.jol.vm.VM;

/**
 * The memory that objects retain, counted object by object; JOL tells how large each is. JOL's own
 * walk looks at the class of every object anew and takes some ten microseconds for each; this one
 * does so once for each class.
 *
 * <p>Thread safety: none needed; no state.
 *
 * <p>Cost: a walk over everything that is reachable, some hundred nanoseconds for each object.
 */
public final class Footprint {
    static {
        // Without it JOL cannot look into records.
        System.setProperty("jol.magicFieldOffset", "true");
        System.setProperty("jol.skipDynamicAttach", "true");
    }

    private Footprint() {}

    /**
     * Counts.
     *
     * @param roots where to begin
     * @return bytes of all objects that can be reached, each once
     */
    public static long bytes(Object... roots) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> open = new ArrayDeque<>();
        for (Object root : roots) {
            if (seen.add(root)) {
                open.add(root);
            }
        }
        Map<Class<?>, Shape> shapes = new HashMap<>();
        long sum = 0;
        while (!open.isEmpty()) {
            Object object = open.removeLast();
            Shape shape = shapes.computeIfAbsent(object.getClass(), type -> Shape.of(object));
            sum += shape.size(object);
            shape.forEachReference(object, next -> {
                if (seen.add(next)) {
                    open.add(next);
                }
            });
        }
        return sum;
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

    /** {@return the size of one object as JOL tells it} */
    static long sizeOf(Object object) {
        return VM.current().sizeOf(object);
    }
}
