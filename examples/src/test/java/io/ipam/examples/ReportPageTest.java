package io.ipam.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.Ipam;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The HTML page of the quickstart. */
class ReportPageTest {
    private static final Path CLUSTER = Path.of("src/test/resources/report");

    /** All elements that a page can have. */
    private static final Set<String> ELEMENTS = Set.of(
            ("a article b body details div g h1 h2 h3 head header html li main meta p path section span strong style"
                            + " summary svg table tbody td text th thead title tr ul")
                    .split(" "));

    @TempDir
    Path folder;

    private String output(List<Manifest> manifests, String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Quickstart.run(manifests, new Mistakes(), Options.parse(arguments), new PrintStream(bytes, true, UTF_8));
        return bytes.toString(UTF_8).replace("\r\n", "\n");
    }

    private static Document parse(String page) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }

    private static List<Element> elements(Document page, String name) {
        NodeList found = page.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    @Test
    void report_shippedManifests_hasEveryRefusalRowAndMap() throws Exception {
        Path file = folder.resolve("report.html");
        String output = output(ManifestReader.shipped(), "--report=" + file);
        assertEquals(QuickstartRun.shippedOutput(), output);
        Document page = parse(Files.readString(file));
        String text = page.getDocumentElement().getTextContent();
        List<String> refusals = output.lines()
                .filter(line -> line.startsWith("    "))
                .map(String::strip)
                .toList();
        assertEquals(2, elements(page, "article").size());
        for (String line : refusals) {
            if (!line.matches("[0-9a-f:.]+/\\d+ .*")) {
                assertTrue(text.contains(line.replaceFirst("^remedy", "Remedy")), line);
            }
        }
        assertTrue(text.contains("22 of 24 pods have addresses."));
        assertEquals(25 + 1, elements(page, "tr").size());
        assertEquals(25, elements(page, "svg").size());
        assertEquals(
                elements(page, "tr").stream()
                        .skip(1)
                        .map(row -> row.getFirstChild().getTextContent())
                        .toList(),
                elements(page, "b").stream().map(Element::getTextContent).toList());
    }

    @Test
    void report_withStore_isWritten() throws Exception {
        Path file = folder.resolve("report.html");
        Mistakes mistakes = new Mistakes();
        output(ManifestReader.directory(CLUSTER, mistakes), "--report=" + file, "--store=" + folder.resolve("state"));
        assertEquals(4, elements(parse(Files.readString(file)), "svg").size());
    }

    @Test
    void report_equalRefusals_shareAnArticleThatNamesEveryPod() throws Exception {
        List<Refusal> refusals = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            refusals.add(refusal("shop/cart-" + i, i == 7 ? "other" : "full"));
        }
        Document page = parse(new ReportPage(Ipam.of(PoolCatalog.EMPTY), 12, refusals).html());
        List<Element> articles = elements(page, "article");
        assertEquals(2, articles.size());
        assertTrue(articles.get(0).getTextContent().contains("and 10 more"));
        for (int i = 0; i < 12; i++) {
            assertTrue(articles.get(i == 7 ? 1 : 0).getTextContent().contains("shop/cart-" + i));
        }
    }

    private static Refusal refusal(String pod, String reason) {
        return new Refusal(pod, "no source", "exhausted", List.of(reason), Optional.of(reason), List.of(reason));
    }

    @Property(tries = 100)
    void html_anyNames_isXmlOfKnownElementsOnly(
            @ForAll @StringLength(min = 1, max = 30) String name, @ForAll String text) throws Exception {
        assertHarmless(name, text);
    }

    @Test
    void html_hostileNames_areText() throws Exception {
        for (String name : List.of(
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "' onload='alert(1)",
                "]]></style><script>",
                "--><!--",
                "&lt;&#60;&amp",
                "\u202eabc\u2066\u0000\u2028\ufeff\ud800",
                "javascript:alert(1)")) {
            assertHarmless(name, name);
        }
    }

    private static void assertHarmless(String name, String text) throws Exception {
        Pool pool = Pool.builder(name, "10.1.0.0/24").ips("10.1.0.1").build();
        String html = new ReportPage(Ipam.of(PoolCatalog.of(pool)), 1, List.of(refusal(text, name))).html();
        Document page = parse(html);
        List<Element> all = elements(page, "*");
        TreeSet<String> names = new TreeSet<>();
        all.forEach(element -> names.add(element.getTagName()));
        names.removeAll(ELEMENTS);
        assertEquals(Set.of(), names);
        for (Element element : all) {
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                String attribute = element.getAttributes().item(i).getNodeName();
                assertFalse(attribute.startsWith("on") || attribute.equals("src") || attribute.equals("style"));
            }
            assertTrue(element.getAttribute("href").isEmpty()
                    || element.getAttribute("href").startsWith("#"));
        }
        assertTrue(html.codePoints().allMatch(point -> point == '\n' || Character.getType(point) != Character.CONTROL));
        assertTrue(html.codePoints().noneMatch(point -> Character.getType(point) == Character.FORMAT));
    }

    @Test
    void style_anyRule_loadsNothing() {
        String html = new ReportPage(Ipam.of(PoolCatalog.EMPTY), 0, List.of()).html();
        assertFalse(html.contains("url("));
        assertFalse(html.contains("@import"));
        assertTrue(html.contains("<p>None.</p>"));
    }

    @Test
    void html_manyPools_mapsAreClosedAndBounded() throws Exception {
        List<Pool> pools = IntStream.range(0, 300)
                .mapToObj(i -> Pool.builder("p" + i, "10." + i / 256 + "." + i % 256 + ".0/24")
                        .ips("10." + i / 256 + "." + i % 256 + ".0-10." + i / 256 + "." + i % 256 + ".255")
                        .build())
                .toList();
        String html = new ReportPage(Ipam.of(PoolCatalog.of(pools, List.of())), 0, List.of()).html();
        Document page = parse(html);
        assertEquals(300, elements(page, "svg").size());
        assertTrue(elements(page, "details").stream().noneMatch(details -> details.hasAttribute("open")));
        assertTrue(html.length() < 300 * 8_000, () -> "length " + html.length());
    }

    @Test
    void write_fileThatCannotBeWritten_failsWithOneMessage() {
        ReportPage page = new ReportPage(Ipam.of(PoolCatalog.EMPTY), 0, List.of());
        BrokenManifestException failed = assertThrows(BrokenManifestException.class, () -> page.write(folder));
        assertTrue(failed.getMessage().startsWith(folder + ": cannot be written: "), failed.getMessage());
    }
}
