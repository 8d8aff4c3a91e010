package io.ipam.benchmarks.contest;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sun.misc.Unsafe;

/**
 * The memory layout of a class: the size of its objects and the places of their references.
 * References are read by offset, which needs no access to the packages of the JDK. Records and
 * lambdas have no offsets and are read by reflection. References of the JDK's own lambdas are not
 * visible.
 *
 * <p>Thread safety: immutable.
 *
 * @param size of an object; of an array, without its elements
 * @param scale of an element of an array, 0 for others
 * @param references whether it is an array of references
 * @param offsets of references
 * @param components references in records
 */
record Shape(long size, long scale, boolean references, List<Long> offsets, List<Field> components) {
    private static final Unsafe UNSAFE = unsafe();
    private static final int ALIGNMENT = 8;

    private static Unsafe unsafe() {
        try {
            Field field = Unsafe.class.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return (Unsafe) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Inspects the class of an object. */
    static Shape of(Object object) {
        Class<?> type = object.getClass();
        if (type.isArray()) {
            return new Shape(
                    UNSAFE.arrayBaseOffset(type),
                    UNSAFE.arrayIndexScale(type),
                    !type.getComponentType().isPrimitive(),
                    List.of(),
                    List.of());
        }
        List<Long> offsets = new ArrayList<>();
        List<Field> components = new ArrayList<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
                    continue;
                }
                if (each.isRecord() || each.isHidden()) {
                    if (field.trySetAccessible()) {
                        components.add(field);
                    }
                } else {
                    offsets.add(UNSAFE.objectFieldOffset(field));
                }
            }
        }
        return new Shape(Footprint.sizeOf(object), 0, false, offsets, components);
    }

    /** The size of one object. */
    long size(Object object) {
        if (scale == 0) {
            return size;
        }
        long bytes = size + scale * Array.getLength(object);
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** Passes on the objects that it references. */
    void forEachReference(Object object, Consumer<Object> next) {
        if (references) {
            for (Object each : (Object[]) object) {
                pass(each, next);
            }
        }
        for (long offset : offsets) {
            pass(UNSAFE.getObject(object, offset), next);
        }
        for (Field component : components) {
            try {
                pass(component.get(object), next);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void pass(@Nullable Object object, Consumer<Object> next) {
        if (object != null) {
            next.accept(object);
        }
    }
}
