package io.ipam.house;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Pools.pool;

import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.pool.HeldAddresses;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.PoolNamePattern;
import io.ipam.pool.ReservedRange;
import io.ipam.pool.Route;
import io.ipam.resolution.UsageView;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Valid arguments for calls of exported types: constants of this class, enum constants, lists of
 * one element, records, and results of factories.
 */
final class SampleValues {
    private final List<Class<?>> types;
    private final Map<Class<?>, @Nullable Object> known = new HashMap<>();
    private final Set<Class<?>> underWay = new HashSet<>();

    SampleValues(List<Class<?>> types) {
        this.types = types;
        for (Object value : List.of(
                "a",
                new String[] {"10.1.0.1"},
                1,
                1L,
                true,
                BigInteger.ONE,
                Duration.ZERO,
                Instant.EPOCH,
                new IllegalStateException("a"),
                Family.values()[0],
                Address.parse("10.1.0.1"),
                AddressRange.parse("10.1.0.1"),
                AddressSet.of(AddressRange.parse("10.1.0.1")),
                Prefix.parse("10.1.0.0/24"),
                CART,
                new Route(Prefix.parse("10.9.0.0/16"), Address.parse("10.1.0.2")),
                pool("a", "10.1.0.0/24", "10.1.0.1"),
                PoolCatalog.EMPTY,
                PoolNamePattern.parse("a*"),
                ReservedRange.parse("a", Family.values()[0], List.of("10.1.0.1")))) {
            known.put(value.getClass(), value);
        }
        known.put(int.class, 1);
        known.put(long.class, 1L);
        known.put(boolean.class, true);
        known.put(Throwable.class, new IllegalStateException("a"));
        known.put(InstantSource.class, InstantSource.system());
        known.put(Object.class, "a");
        known.put(OptionalInt.class, OptionalInt.empty());
        known.put(HeldAddresses.class, HeldAddresses.none());
        known.put(UsageView.class, UsageView.none());
    }

    /** Valid arguments; null if one cannot be created. */
    @Nullable
    Object @Nullable [] argumentsOf(Executable call) {
        Type[] wanted = call.getGenericParameterTypes();
        Class<?>[] raw = call.getParameterTypes();
        if (wanted.length != raw.length) {
            return null;
        }
        @Nullable Object[] arguments = new Object[raw.length];
        for (int index = 0; index < raw.length; index++) {
            arguments[index] = of(raw[index], wanted[index]);
            if (arguments[index] == null) {
                return null;
            }
        }
        return arguments;
    }

    /** A value of a type, or null. */
    @Nullable
    Object of(Class<?> raw, Type type) {
        if (raw == Optional.class || raw == List.class || raw == Set.class || raw == Collection.class) {
            return containerOf(raw, type);
        }
        if (raw == Map.class) {
            return Map.of();
        }
        if (known.containsKey(raw)) {
            return known.get(raw);
        }
        if (!underWay.add(raw)) {
            return null;
        }
        Object made = make(raw);
        underWay.remove(raw);
        if (made != null) {
            known.put(raw, made);
        }
        return made;
    }

    private @Nullable Object containerOf(Class<?> raw, Type type) {
        Type element = type instanceof ParameterizedType known ? known.getActualTypeArguments()[0] : Object.class;
        Class<?> elementType = element instanceof Class<?> plain ? plain : Object.class;
        Object one = element instanceof Class<?> ? of(elementType, element) : null;
        if (raw == Optional.class) {
            return Optional.ofNullable(one);
        }
        if (raw == Set.class) {
            return one == null ? Set.of() : Set.of(one);
        }
        return one == null ? List.of() : List.of(one);
    }

    private @Nullable Object make(Class<?> type) {
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type.isInterface() && !type.isSealed()) {
            return Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) -> method.getReturnType() == Optional.class ? Optional.empty() : null);
        }
        for (Class<?> other : types) {
            if (other != type && type.isAssignableFrom(other) && of(other, other) != null) {
                return of(other, other);
            }
        }
        return makeOf(type);
    }

    private @Nullable Object makeOf(Class<?> type) {
        if (type.isRecord()) {
            Class<?>[] components = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            for (Constructor<?> constructor : type.getConstructors()) {
                if (Arrays.equals(constructor.getParameterTypes(), components)) {
                    return resultOf(constructor, null);
                }
            }
        }
        for (Class<?> from : types) {
            for (Method method : from.getDeclaredMethods()) {
                if (method.getReturnType() == type
                        && Modifier.isStatic(method.getModifiers())
                        && Modifier.isPublic(method.getModifiers())) {
                    Object made = resultOf(method, null);
                    if (made != null) {
                        return made;
                    }
                }
            }
        }
        return null;
    }

    private @Nullable Object resultOf(Executable call, @Nullable Object receiver) {
        @Nullable Object[] arguments = argumentsOf(call);
        if (arguments == null) {
            return null;
        }
        try {
            return call(call, receiver, arguments);
        } catch (InvocationTargetException refused) {
            return null;
        }
    }

    static @Nullable Object call(Executable call, @Nullable Object receiver, @Nullable Object[] arguments)
            throws InvocationTargetException {
        try {
            return call instanceof Method method
                    ? method.invoke(receiver, arguments)
                    : ((Constructor<?>) call).newInstance(arguments);
        } catch (IllegalAccessException | InstantiationException e) {
            throw new IllegalStateException(call.toString(), e);
        }
    }
}
