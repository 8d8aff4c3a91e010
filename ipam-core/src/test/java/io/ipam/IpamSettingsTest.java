package io.ipam;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.address.Family;
import io.ipam.allocation.AllocationListener;
import io.ipam.allocation.AllocationOrder;
import io.ipam.resolution.PoolFilter;
import io.ipam.resolution.PoolOrder;
import io.ipam.subnet.SubnetAnswer;
import io.ipam.subnet.SubnetPlanner;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Each setter changes exactly one setting, including those of the resolver. */
class IpamSettingsTest {
    private static final IpamSettings DEFAULTS = IpamSettings.defaults();

    /** The names of the settings that differ. */
    private static List<String> changed(Object defaults, Object changed) throws ReflectiveOperationException {
        List<String> names = new ArrayList<>();
        for (Method accessor : changed.getClass().getDeclaredMethods()) {
            boolean isSetting = Modifier.isPublic(accessor.getModifiers())
                    && !Modifier.isStatic(accessor.getModifiers())
                    && accessor.getParameterCount() == 0
                    && !Set.of("hashCode", "toString").contains(accessor.getName());
            if (isSetting && !accessor.invoke(defaults).equals(accessor.invoke(changed))) {
                names.add(accessor.getName());
            }
        }
        return names;
    }

    private static void assertOnly(String name, Object value, IpamSettings changed) throws Exception {
        assertEquals(List.of(name), changed(DEFAULTS, changed));
        assertEquals(value, IpamSettings.class.getMethod(name).invoke(changed));
    }

    private static void assertOnlyOfResolver(String name, Object value, IpamSettings changed) throws Exception {
        assertEquals(List.of("resolver"), changed(DEFAULTS, changed));
        assertEquals(List.of(name), changed(DEFAULTS.resolver(), changed.resolver()));
        assertEquals(value, changed.resolver().getClass().getMethod(name).invoke(changed.resolver()));
    }

    @Test
    void with_oneSetting_changesOnlyThat() throws Exception {
        InstantSource clock = InstantSource.fixed(Instant.EPOCH);
        AllocationListener listener = event -> {};
        assertOnly("order", AllocationOrder.NEXT, DEFAULTS.withOrder(AllocationOrder.NEXT));
        assertOnly("randomSeed", 7L, DEFAULTS.withRandomSeed(7));
        assertOnly("coolDown", Duration.ofSeconds(3), DEFAULTS.withCoolDown(Duration.ofSeconds(3)));
        assertOnly("reconcileGrace", Duration.ZERO, DEFAULTS.withReconcileGrace(Duration.ZERO));
        assertOnly("clock", clock, DEFAULTS.withClock(clock));
        LongSupplier seeds = () -> 7;
        assertOnly("hashSeeds", seeds, DEFAULTS.withHashSeeds(seeds));
        assertOnly("listener", Optional.of(listener), DEFAULTS.withListener(listener));
    }

    @Test
    void with_oneSettingOfTheResolver_changesOnlyThat() throws Exception {
        PoolFilter filter = (pool, demand) -> Optional.empty();
        PoolOrder order = (pool, demand) -> 0;
        SubnetPlanner planner = (demand, catalog) -> new SubnetAnswer.Existing(List.of("p"));
        assertOnlyOfResolver("enabledFamilies", Set.of(Family.IPV6), DEFAULTS.withFamilies(Set.of(Family.IPV6)));
        assertOnlyOfResolver("systemNamespace", "sys", DEFAULTS.withSystemNamespace("sys"));
        assertOnlyOfResolver("clusterNetwork", Optional.of("net"), DEFAULTS.withClusterNetwork("net"));
        assertOnlyOfResolver("filters", List.of(filter), DEFAULTS.withFilters(List.of(filter)));
        assertOnlyOfResolver("order", Optional.of(order), DEFAULTS.withPoolOrder(order));
        assertOnlyOfResolver("subnetPlanner", Optional.of(planner), DEFAULTS.withSubnetPlanner(planner));
    }

    @Test
    void equals_eachSettingChanged_isFalse() {
        List<IpamSettings> all = List.of(
                DEFAULTS,
                DEFAULTS.withOrder(AllocationOrder.NEXT),
                DEFAULTS.withRandomSeed(7),
                DEFAULTS.withCoolDown(Duration.ofSeconds(3)),
                DEFAULTS.withReconcileGrace(Duration.ZERO),
                DEFAULTS.withClock(InstantSource.fixed(Instant.EPOCH)),
                DEFAULTS.withListener(event -> {}),
                DEFAULTS.withHashSeeds(() -> 7),
                DEFAULTS.withSystemNamespace("sys"));
        for (IpamSettings one : all) {
            for (IpamSettings other : all) {
                assertEquals(one == other, one.equals(other), one + " and " + other);
            }
        }
        IpamSettings again = DEFAULTS.withRandomSeed(7);
        assertEquals(all.get(2), again);
        assertEquals(all.get(2).hashCode(), again.hashCode());
    }

    @Test
    void withCoolDown_negative_throws() {
        Duration negative = Duration.ofNanos(-1);
        assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withCoolDown(negative));
        assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withReconcileGrace(negative));
        assertDoesNotThrow(() -> DEFAULTS.withCoolDown(Duration.ZERO).withReconcileGrace(Duration.ZERO));
    }
}
