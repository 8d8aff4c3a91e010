package io.ipam.subnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Family;
import io.ipam.pool.Application;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AutoPoolNameTest {
    private static Application named(String name, String uid) {
        return new Application("apps/v1", "Deployment", "kube-system", name, uid, 1);
    }

    @Test
    void name_documentedExample_isEqual() {
        Application application = named("demo-deploy-subnet", "d2bd4cd6-9b0e-4ba7-b9c4-fcca47c3b0f1");
        assertEquals(
                "auto4-demo-deploy-subnet-eth0-fcca4",
                AutoPoolName.of(application, "eth0", Family.ofNumber(4).orElseThrow()));
    }

    @Test
    void name_upperCaseOrShortUid_isLowerCase() {
        assertEquals(
                "auto6-cart-net1-ab",
                AutoPoolName.of(named("Cart", "AB"), "NET1", Family.ofNumber(6).orElseThrow()));
    }

    @Test
    void name_uidUnfitForAName_hasAHashOfTheApplication() {
        Set<String> names = new HashSet<>();
        for (String uid : List.of("", "-", "x-prod/web", "a/b", "u_1", "\u00e4", "1-2-.")) {
            for (String namespace : List.of("x-prod", "y-prod")) {
                Application web = new Application("apps/v1", "Deployment", namespace, "web", uid, 1);
                String name = AutoPoolName.of(web, "eth0", Family.ofNumber(4).orElseThrow());
                assertTrue(name.matches("auto4-web-eth0-[0-9a-f]{5}"), name);
                assertEquals(
                        name, AutoPoolName.of(web, "eth0", Family.ofNumber(4).orElseThrow()));
                assertTrue(names.add(name), name);
            }
        }
    }

    @Test
    void name_longApplication_isCut() {
        String name = AutoPoolName.of(
                named("a".repeat(253), "1-23456789"), "eth0", Family.ofNumber(4).orElseThrow());
        assertEquals(253, name.length());
        assertTrue(name.startsWith("auto4-aaa"));
        assertTrue(name.endsWith("a-eth0-23456"));
    }

    private static String name(String application, String interfaceName) {
        return AutoPoolName.of(
                named(application, "1-23456789"),
                interfaceName,
                Family.ofNumber(4).orElseThrow());
    }

    @Test
    void name_fittingInterface_isNotCut() {
        String fits = "x".repeat(253 - "auto4--23456-".length());
        assertEquals("auto4--" + fits + "-23456", name("cart", fits));
        assertEquals(253, name("cart", fits).length());
    }

    @Test
    void name_surrogatePairAtTheCut_isNotSplit() {
        for (int before = 200; before < 260; before++) {
            String name = name("cart", "x".repeat(before) + "\uD83D\uDE00" + "y".repeat(300));
            assertTrue(name.length() <= 253, name);
            assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(name), () -> "half a character in " + name);
        }
    }

    @Test
    void name_longInterfaces_areDistinct() {
        Set<String> interfaces = new HashSet<>();
        for (String end : List.of("a", "b", "B", "\uD83D\uDE00", "\u0130", "")) {
            for (int length : List.of(230, 240, 241, 242, 252, 253, 254, 255, 300, 100_000)) {
                interfaces.add("x".repeat(length) + end);
                interfaces.add("\uD83D\uDE00".repeat(length) + end);
                interfaces.add("\u0130".repeat(length) + end);
            }
        }
        // One that is spelled like a shortened name.
        interfaces.addAll(interfaces.stream()
                .map(one -> name("cart", one))
                .map(one -> one.substring("auto4--".length(), one.length() - "-23456".length()))
                .toList());
        Map<String, String> byName = new HashMap<>();
        for (String one : interfaces) {
            String name = name("cart", one);
            assertTrue(name.length() <= 253, name);
            assertEquals(name, name.toLowerCase(Locale.ROOT));
            assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(name), () -> "half a character in " + name);
            String other = byName.put(name, one);
            assertTrue(
                    other == null || other.equalsIgnoreCase(one),
                    () -> one.length() + " and " + other.length() + " characters both give " + name);
        }
        assertNotEquals(name("cart", "x".repeat(300)), name("basket", "x".repeat(300)));
    }
}
