package io.ipam.house;

import static io.ipam.fixture.Pools.pool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.address.Prefix;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.range.PrefixAllocator;
import io.ipam.range.RangeAllocator;
import io.ipam.subnet.Subnet;
import io.ipam.subnet.SubnetCatalog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * One rule for an argument of the other family, in each public method of an object with addresses
 * of one family. A predicate returns false, a search finds nothing, and an operation throws
 * IllegalArgumentException.
 */
class FamilyRuleTest {
    private static final AddressSet V4 = AddressSet.of(Prefix.parse("10.0.0.0/24"));
    private static final Set<String> SEARCHES = Set.of("ordinalOf", "poolOf", "poolsOfSubnet", "subnet");
    private static final Pool POOL_V4 = pool("four", "10.0.0.0/24", "10.0.0.0/25");
    private static final Map<Class<?>, Object> OF_V6 = Map.of(
            Address.class, Address.parse("::a00:1"),
            AddressRange.class, AddressRange.parse("::a00:1-::a00:2"),
            AddressSet.class, AddressSet.of(Prefix.parse("::a00:0/120")),
            Prefix.class, Prefix.parse("::/20"),
            Pool.class, pool("six", "::a00:0/120", "::a00:1"));

    /** Objects of IPv4 whose addresses have the bits of those above. */
    private static List<Object> receivers() {
        Subnet subnet = Subnet.builder("s", "10.0.0.0/24").ips("10.0.0.0/25").build();
        RangeAllocator addresses = RangeAllocator.of(V4);
        addresses.allocateSeveral(9);
        PrefixAllocator prefixes = PrefixAllocator.of(V4, 28);
        prefixes.allocate();
        return List.of(
                Address.parse("10.0.0.1"),
                AddressRange.parse("10.0.0.0-10.0.0.9"),
                V4,
                Prefix.parse("10.0.0.0/24"),
                POOL_V4,
                PoolCatalog.of(POOL_V4),
                subnet,
                SubnetCatalog.of(List.of(subnet)),
                addresses,
                prefixes,
                prefixes.snapshot());
    }

    @Test
    void anyMethod_otherFamily_followsTheRule() {
        List<String> tried = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        for (Object receiver : receivers()) {
            for (Method method : receiver.getClass().getMethods()) {
                if (takesOneOf(method)) {
                    String name = receiver.getClass().getSimpleName() + "." + method.getName() + " "
                            + method.getReturnType().getSimpleName();
                    tried.add(name);
                    String result = result(method, receiver);
                    if (!allowed(method).contains(result)) {
                        broken.add(name + ": " + result);
                    }
                }
            }
        }
        assertEquals(List.of(), broken);
        assertTrue(tried.size() >= 30, tried::toString);
        assertEquals(
                Set.of(
                        "Address",
                        "AddressRange",
                        "AddressSet",
                        "Prefix",
                        "PoolCatalog",
                        "Subnet",
                        "SubnetCatalog",
                        "RangeAllocator",
                        "PrefixAllocator",
                        "AllocatorSnapshot"),
                tried.stream().map(name -> name.substring(0, name.indexOf('.'))).collect(Collectors.toSet()));
    }

    /** A catalog may have pools of both families: it can get one, and reports what one has. */
    private static boolean takesOneOf(Method method) {
        boolean ofBoth = method.getDeclaringClass() == PoolCatalog.class
                && List.of("with", "usable").contains(method.getName());
        return !Modifier.isStatic(method.getModifiers())
                && !method.isSynthetic()
                && !method.getName().equals("compareTo")
                && !ofBoth
                && Arrays.stream(method.getParameterTypes()).anyMatch(OF_V6::containsKey);
    }

    private static Set<String> allowed(Method method) {
        if (method.getReturnType() == boolean.class) {
            return Set.of("false");
        }
        return SEARCHES.contains(method.getName())
                ? Set.of("Optional.empty", "[]")
                : Set.of("IllegalArgumentException");
    }

    private static String result(Method method, Object receiver) {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(type -> type == int.class ? Integer.valueOf(128) : OF_V6.get(type))
                .toArray();
        try {
            return String.valueOf(method.invoke(receiver, arguments));
        } catch (InvocationTargetException thrown) {
            return thrown.getCause().getClass().getSimpleName();
        } catch (IllegalAccessException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
