package dev.bench.grammar;

import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Turns a text into the library's nodes. */
final class YamlText {
    private YamlText() {}

    /**
     * Reads a text.
     *
     * @param empty what is noted of a text that holds nothing
     * @param problems where faults are noted
     * @return the outermost node; empty, which is noted, where there is none
     */
    static Optional<Node> compose(String yaml, LoaderOptions options, String empty, List<Problem> problems) {
        try {
            Node root = new Yaml(options).compose(new StringReader(yaml));
            if (root != null) {
                return Optional.of(root);
            }
            problems.add(new Problem(1, 1, "", empty));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            problems.add(new Problem(
                    mark == null ? 1 : mark.getLine() + 1,
                    mark == null ? 1 : mark.getColumn() + 1,
                    "",
                    "is not YAML here: " + e.getProblem()));
        } catch (YAMLException e) {
            problems.add(new Problem(1, 1, "", "cannot be taken as YAML: " + e.getMessage()));
        }
        return Optional.empty();
    }
}
