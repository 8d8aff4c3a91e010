package io.ipam.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.allocation.PoolAddresses;
import io.ipam.pool.Pool;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PoolMapTest {
    private static final Pool BLUE = Pool.builder("blue-v4", "10.6.0.0/16")
            .ips("10.6.1.0-10.6.1.63")
            .excludeIps("10.6.1.0")
            .staticIps("10.6.1.56-10.6.1.63")
            .build();
    private static final PoolAddresses SOME_HELD = addresses(
            BLUE, List.of("10.6.1.1-10.6.1.5", "10.6.1.63"), List.of("10.6.1.6"), List.of("10.6.1.30-10.6.1.31"));

    private static PoolAddresses addresses(Pool pool, List<String> held, List<String> cooling, List<String> reserved) {
        AddressSet heldSet = AddressSet.parse(pool.family(), held);
        AddressSet coolingSet = AddressSet.parse(pool.family(), cooling);
        AddressSet reservedSet = AddressSet.parse(pool.family(), reserved);
        AddressSet free = pool.addresses().minus(heldSet).minus(coolingSet).minus(reservedSet);
        return new PoolAddresses(pool, heldSet, coolingSet, reservedSet, free);
    }

    @Test
    void text_smallPool_isTheMapOfTheExample() {
        assertEquals("""
                pool blue-v4, 10.6.0.0/16: one character is one address
                10.6.1.0   x#####~. ........ ........ ......RR
                10.6.1.32  ........ ........ ........ sssssss#

                #  held          6
                ~  cooling       1
                R  reserved      2
                s  free static   7
                .  free         47
                x  excluded      1
                """, PoolMap.of(SOME_HELD).text());
    }

    @Test
    void text_blocks_showTenthsHeldAndMixtures() {
        Pool pool = Pool.builder("p", "10.6.0.0/16")
                .ips("10.6.0.0-10.6.1.255")
                .excludeIps("10.6.0.0-10.6.0.15", "10.6.1.240-10.6.1.247")
                .build();
        PoolAddresses addresses = addresses(
                pool,
                List.of("10.6.0.16-10.6.0.32", "10.6.0.48-10.6.0.62"),
                List.of("10.6.0.64"),
                List.of("10.6.0.80-10.6.0.95"));
        assertEquals("""
                pool p, 10.6.0.0/16: one character is a /28 block of 16 addresses
                10.6.0.0  x#09:R.. ........ ........ ........

                #    held                     32
                ~    cooling                   1
                R    reserved                 16
                .    free                    439
                x    excluded                 24
                0-9  partly held, in tenths
                :    mixed, none held
                """, PoolMap.of(addresses, 1).text());
    }

    @Test
    void text_rowsWithoutListedAddresses_areOmitted() {
        Pool pool =
                Pool.builder("p", "fd00::/64").ips("fd00::5", "fd00::ffff:0").build();
        assertEquals(
                """
                pool p, fd00::/64: one character is one address
                fd00::             #
                ...
                fd00::ffff:0  .

                #  held  1
                .  free  1
                """,
                PoolMap.of(addresses(pool, List.of("fd00::5"), List.of(), List.of()))
                        .text());
    }

    @Test
    void textAndSvg_poolWithoutAddresses_stateIt() throws Exception {
        Pool pool = Pool.builder("p", "10.6.0.0/16").build();
        PoolMap map = PoolMap.of(addresses(pool, List.of(), List.of(), List.of()));
        assertEquals("pool p, 10.6.0.0/16: no addresses\n", map.text());
        assertTrue(Xml.parse(map.svg()).getTextContent().contains("no addresses"));
    }

    /** A pool of 10.6.1.0 to 10.6.1.127; each letter is the state of an address. */
    private static PoolAddresses ofSymbols(String symbols) {
        Map<Character, List<AddressRange>> byState = new HashMap<>();
        for (int i = 0; i < symbols.length(); i++) {
            byState.computeIfAbsent(symbols.charAt(i), state -> new ArrayList<>())
                    .add(AddressRange.of(Address.parse("10.6.1." + i)));
        }
        Map<Character, AddressSet> sets = new HashMap<>();
        for (char symbol : "#~Rs.x ".toCharArray()) {
            sets.put(symbol, AddressSet.of(Family.IPV4, byState.getOrDefault(symbol, List.of())));
        }
        AddressSet all = sets.values().stream().reduce(AddressSet.empty(Family.IPV4), AddressSet::union);
        Pool pool = Pool.builder("p", "10.6.0.0/16")
                .ips(all.minus(sets.get(' ')).texts())
                .excludeIps(sets.get('x').texts())
                .staticIps(sets.get('s').texts())
                .build();
        AddressSet free = sets.get('.').union(sets.get('s'));
        return new PoolAddresses(pool, sets.get('#'), sets.get('~'), sets.get('R'), free);
    }

    @Property(tries = 300)
    void textAndSvg_anyStatesOfASmallPool_areThoseOfEveryAddress(
            @ForAll @Chars({'#', '~', 'R', 's', '.', 'x', ' '}) @StringLength(min = 1, max = 128) String symbols)
            throws Exception {
        PoolMap map = PoolMap.of(ofSymbols(symbols));
        Map<String, Character> inText = cells(map.text(), 1);
        Map<String, Character> inSvg = titles(Xml.parse(map.svg()));
        for (int i = 0; i < symbols.length(); i++) {
            String address = "10.6.1." + i;
            assertEquals(symbols.charAt(i), inText.getOrDefault(address, ' '), address);
            assertEquals(symbols.charAt(i), inSvg.getOrDefault(address, ' '), address);
        }
        assertEquals(symbols.replace(" ", "").length(), inSvg.size());
    }

    /** The symbols of the cells, by the first address of the cell. */
    private static Map<String, Character> cells(String text, int cellSize) {
        Map<String, Character> symbols = new HashMap<>();
        List<String> rows = text.lines().filter(line -> line.startsWith("10.")).toList();
        int start = rows.stream().mapToInt(row -> label(row).length()).max().orElse(0) + 2;
        for (String row : rows) {
            int first = Integer.parseInt(label(row).substring("10.6.1.".length()));
            for (int i = 0; i < 32; i++) {
                int column = start + i + i / 8;
                symbols.put("10.6.1." + (first + i * cellSize), column < row.length() ? row.charAt(column) : ' ');
            }
        }
        return symbols;
    }

    private static String label(String row) {
        return row.split(" ", -1)[0];
    }

    private static Map<String, Character> titles(Element svg) {
        Map<String, Character> symbols = new HashMap<>();
        NodeList titles = svg.getElementsByTagName("title");
        for (int i = 1; i < titles.getLength(); i++) {
            String[] parts = titles.item(i).getTextContent().split(": ", -1);
            AddressState state = Arrays.stream(AddressState.values())
                    .filter(one -> one.label().equals(parts[1]))
                    .findFirst()
                    .orElseThrow();
            AddressRange range = AddressRange.parse(parts[0]);
            for (Address address = range.first(); range.contains(address); address = address.next()) {
                symbols.put(address.toString(), state.symbol());
            }
        }
        return symbols;
    }

    /** One row of cells of four addresses. */
    @Property(tries = 300)
    void text_anyStatesInBlocks_areThoseOfTheRule(
            @ForAll @Chars({'#', '#', '~', 'R', 's', '.', 'x', ' '}) @StringLength(value = 128) String symbols) {
        PoolAddresses addresses = ofSymbols(" ".repeat(3) + "." + symbols.substring(4, 127) + ".");
        Map<String, Character> cells = cells(PoolMap.of(addresses, 1).text(), 4);
        for (int first = 4; first < 124; first += 4) {
            String block = symbols.substring(first, first + 4);
            assertEquals(symbolOf(block), cells.get("10.6.1." + first), block);
        }
    }

    private static char symbolOf(String block) {
        String own = block.replaceAll("[x ]", "");
        if (own.isEmpty()) {
            return block.contains("x") ? 'x' : ' ';
        }
        int held = own.replaceAll("[^#]", "").length();
        if (own.chars().distinct().count() == 1) {
            return own.charAt(0);
        }
        return held == 0 ? ':' : (char) ('0' + 10 * held / own.length());
    }

    @Test
    void of_wholeIpv6OrScatteredAddressesOfASlash8_isBoundedInTimeAndOutput() throws Exception {
        Pool all = Pool.builder("all", "::/0")
                .ips("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")
                .build();
        assertBounded(addresses(all, List.of("2001:db8::1-2001:db8::9"), List.of(), List.of()));
        Pool slash8 =
                Pool.builder("ten", "10.0.0.0/8").ips("10.0.0.0-10.255.255.255").build();
        assertBounded(new PoolAddresses(
                slash8,
                every(3, 0),
                every(3, 1),
                AddressSet.empty(Family.IPV4),
                slash8.addresses().minus(every(3, 0)).minus(every(3, 1))));
    }

    /** Addresses of 10.0.0.0/8, one of {@code step} times 64. */
    private static AddressSet every(int step, int first) {
        List<AddressRange> ranges = new ArrayList<>();
        long base = Address.parse("10.0.0.0").low();
        for (long offset = first; offset < 1 << 24; offset += 64L * step) {
            ranges.add(AddressRange.of(new Address(Family.IPV4, 0, base + offset)));
        }
        return AddressSet.of(Family.IPV4, ranges);
    }

    private static void assertBounded(PoolAddresses addresses) throws Exception {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        PoolMap map = PoolMap.of(addresses);
        String text = map.text();
        String svg = map.svg();
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
        assertTrue(nanos < 2_000_000_000L, nanos + " ns");
        assertTrue(text.length() < 5_000, () -> "text " + text.length());
        assertTrue(svg.length() < 1_024 * 500, () -> "svg " + svg.length());
        assertEquals("svg", Xml.parse(svg).getTagName());
    }

    @Property(tries = 200)
    void textAndSvg_hostileName_isTextOnOneLine(@ForAll @StringLength(min = 1, max = 40) String name) throws Exception {
        Pool pool = Pool.builder(name, "10.6.0.0/16").ips("10.6.1.0").build();
        PoolMap map = PoolMap.of(addresses(pool, List.of(), List.of(), List.of()));
        String title = "pool " + Markup.visible(name) + ", 10.6.0.0/16: ";
        assertEquals(
                title + "one character is one address",
                map.text().lines().findFirst().orElseThrow());
        Element svg = Xml.parse(map.svg());
        assertEquals(title + "free 1", svg.getElementsByTagName("title").item(0).getTextContent());
        assertFalse(map.svg().contains("<script"));
    }

    @Test
    void svg_anyMap_refersToNothing() {
        String svg = PoolMap.of(SOME_HELD).svg();
        for (String part : List.of("<script", "<style", " id=", "href", "url\\(", "@import", " on\\w+=")) {
            assertFalse(Pattern.compile(part).matcher(svg).find(), part);
        }
    }

    @Test
    void of_maxRowsOutOfRange_isRefused() {
        for (int rows : new int[] {0, -1, 1025}) {
            assertEquals(
                    "maxRows must be from 1 to 1024, was " + rows,
                    assertThrows(IllegalArgumentException.class, () -> PoolMap.of(SOME_HELD, rows))
                            .getMessage());
        }
    }

    @Property
    void of_anyMaxRows_hasAtMostThatNumberOfRows(
            @ForAll @IntRange(min = 1, max = 40) int maxRows,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 65_535) Integer> addresses) {
        List<String> ips = addresses.stream()
                .map(each -> "10.6." + each / 256 + "." + each % 256)
                .toList();
        Pool pool = Pool.builder("p", "10.6.0.0/16").ips(ips).build();
        PoolAddresses free = addresses(pool, List.of(), List.of(), List.of());
        MapGrid grid = MapGrid.of(pool.listed(), new StateSets(free), maxRows);
        assertTrue(grid.rows().size() <= maxRows);
        int listed = grid.rows().stream()
                .flatMap(row -> row.cells().stream())
                .mapToInt(cell -> cell.counts().of(AddressState.FREE).intValueExact())
                .sum();
        assertEquals(pool.addresses().size().intValueExact(), listed);
    }

    @Test
    void shapes_colors_haveContrastOnWhiteAndOnBlack() {
        for (CellShape shape : CellShape.values()) {
            if (shape != CellShape.EMPTY) {
                String color = shape.attributes().replaceAll(".*(#[0-9a-f]{6}).*", "$1");
                assertTrue(1.05 / (luminance(color) + 0.05) >= 3, shape + " on white");
                assertTrue((luminance(color) + 0.05) / (luminance("#14171c") + 0.05) >= 3, shape + " on black");
            }
        }
    }

    /** The relative luminance of WCAG 2. */
    private static double luminance(String color) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double part = Integer.parseInt(color.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            sum += weights[i] * (part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        return sum;
    }
}
