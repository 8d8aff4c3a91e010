package io.ipam.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The published modules: those of {@code ipam-bom}, with their descriptors and coordinates. */
class PublishedModulesTest {

    private static final Path ROOT = Project.root();
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(ipam-[a-z-]+)</artifactId>");

    @Test
    void bom_everyEntry_isAModuleOfTheBuildAndTheReverse() throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        List<String> modules = all(MODULE, pom.substring(0, pom.indexOf("</modules>"))).stream()
                .filter(path -> !path.equals("ipam-bom") && !path.startsWith("testing/"))
                .map(path -> Path.of(path).getFileName().toString())
                .sorted()
                .toList();
        assertEquals(modules, published().stream().sorted().toList());
        assertTrue(modules.size() >= 6, modules::toString);
    }

    @Test
    void publishedModules_all_haveAModuleDescriptor() throws IOException {
        Map<String, Path> folders = folders();
        for (String name : published()) {
            Path descriptor = folders.get(name).resolve("src/main/java/module-info.java");
            assertTrue(Files.exists(descriptor), () -> "no " + ROOT.relativize(descriptor));
        }
    }

    @Test
    void readmes_ofPublishedModules_haveTheirCoordinates() throws IOException {
        Map<String, Path> folders = folders();
        for (String name : published()) {
            assertCoordinates(folders.get(name).resolve("README.md"), name);
        }
    }

    @Test
    void readme_ofTheProject_hasTheCoordinatesOfTheBom() throws IOException {
        assertCoordinates(ROOT.resolve("README.md"), "ipam-bom");
    }

    private static void assertCoordinates(Path readme, String artifact) throws IOException {
        String expected = "  <groupId>io.ipam</groupId>\n  <artifactId>" + artifact + "</artifactId>\n  <version>"
                + revision() + "</version>\n";
        assertTrue(
                Files.readString(readme).contains(expected), () -> ROOT.relativize(readme) + " must have\n" + expected);
    }

    private static String revision() throws IOException {
        Matcher revision =
                Pattern.compile("<revision>([^<]+)</revision>").matcher(Files.readString(ROOT.resolve("pom.xml")));
        assertTrue(revision.find());
        return revision.group(1);
    }

    private static List<String> published() throws IOException {
        String bom = Files.readString(ROOT.resolve("ipam-bom/pom.xml"));
        return all(ARTIFACT, bom.substring(bom.indexOf("<dependencyManagement>")));
    }

    private static Map<String, Path> folders() throws IOException {
        return all(MODULE, Files.readString(ROOT.resolve("pom.xml"))).stream()
                .map(ROOT::resolve)
                .collect(Collectors.toMap(folder -> folder.getFileName().toString(), folder -> folder));
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
