package dev.nemotron.tiny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFoldersTest {

    @TempDir
    Path root;

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    private List<Path> candidates(String system) {
        properties.put("os.name", system);
        properties.putIfAbsent("user.home", root.resolve("home").toString());
        properties.put("user.name", "Ada L.");
        properties.put("java.io.tmpdir", root.resolve("tmp").toString());
        return CacheFolders.candidates(properties::get, environment::get);
    }

    private Path temporary() {
        return root.resolve("tmp").resolve("nemotron-ada_l.");
    }

    @Test
    void linuxUsesTheCacheFolderOfTheHomeThenATemporaryOne() {
        assertThat(candidates("Linux")).containsExactly(root.resolve("home/.cache/nemotron"), temporary());
    }

    @Test
    void linuxHeedsXdgCacheHome() {
        environment.put("XDG_CACHE_HOME", root.resolve("xdg").toString());

        assertThat(candidates("Linux")).containsExactly(root.resolve("xdg/nemotron"), temporary());
    }

    @Test
    void aRelativeXdgCacheHomeIsIgnoredAsItsSpecificationDemands() {
        environment.put("XDG_CACHE_HOME", "caches");

        assertThat(candidates("Linux")).first().isEqualTo(root.resolve("home/.cache/nemotron"));
    }

    @Test
    void macUsesTheLibrary() {
        assertThat(candidates("Mac OS X")).first().isEqualTo(root.resolve("home/Library/Caches/nemotron"));
    }

    @Test
    void windowsUsesLocalApplicationData() {
        environment.put("LOCALAPPDATA", root.resolve("local").toString());

        assertThat(candidates("Windows 11")).first().isEqualTo(root.resolve("local/nemotron"));
    }

    @Test
    void windowsWithoutTheVariableUsesItsUsualPlace() {
        assertThat(candidates("Windows 11")).first().isEqualTo(root.resolve("home/AppData/Local/nemotron"));
    }

    @Test
    void aUserWithoutAHomeGetsATemporaryFolder() {
        properties.put("user.home", "?");

        assertThat(candidates("Linux")).containsExactly(temporary());
    }

    @Test
    void theSystemPropertyRulesOutEverythingElse() {
        properties.put(TinyModel.CACHE_PROPERTY, root.resolve("mine").toString());

        assertThat(candidates("Linux")).containsExactly(root.resolve("mine"));
    }

    @Test
    void aSystemPropertyThatIsNoPathIsRefusedByName() {
        properties.put(TinyModel.CACHE_PROPERTY, "a\0b");

        assertThatThrownBy(() -> candidates("Linux"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(TinyModel.CACHE_PROPERTY);
    }
}
