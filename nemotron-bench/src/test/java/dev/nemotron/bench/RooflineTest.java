package dev.nemotron.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class RooflineTest {

    private static final MachineLimits MACHINE = new MachineLimits(2, 25e9, 400e9);

    /** An operation that reaches a pace of memory, in GB/s, with so many FLOP a byte. */
    private static OperationProfile.Line line(String name, double seconds, double gigabytes, double intensity) {
        double bytes = gigabytes * 1e9 * seconds;
        return new OperationProfile.Line(name, 1, seconds, bytes, bytes * intensity);
    }

    private static Document draw(Profile profile) throws Exception {
        String svg = Roofline.svg("<a> & b", profile);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<Element> elements(Document document, String name) {
        NodeList nodes = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    @Test
    void showsEachOperationWithThePartOfItsRoof() throws Exception {
        Document document = draw(new Profile(
                MACHINE,
                List.of(line("linear in_proj", 0.5, 20, 1), line("(between)", 0.1, 0, 0)),
                List.of(line("experts", 1, 2, 100), line("tiny", 1e-4, 1, 1))));

        List<String> texts =
                elements(document, "text").stream().map(Element::getTextContent).toList();
        assertThat(texts)
                .contains("<a> & b", "in_proj 80%", "experts 50%")
                .noneMatch(text -> text.contains("tiny") || text.contains("between"))
                .anyMatch(text -> text.contains("25.0 GB/s") && text.contains("400 GFLOP/s"));
        assertThat(elements(document, "rect").getFirst().getAttribute("width")).isEqualTo("100%");
    }

    @Test
    void labelsOfOperationsInOnePlaceDoNotLieOverEachOther() throws Exception {
        List<OperationProfile.Line> crowd = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            crowd.add(line("operation" + i, 1, 20, 3.5));
        }

        List<Element> labels = elements(draw(new Profile(MACHINE, crowd, List.of())), "text").stream()
                .filter(text -> text.getTextContent().startsWith("operation"))
                .toList();

        assertThat(labels).hasSize(12);
        for (Element one : labels) {
            for (Element other : labels) {
                double aside = number(one, "x") - number(other, "x");
                double above = number(one, "y") - number(other, "y");
                assertThat(one == other || Math.abs(aside) > 80 || Math.abs(above) > 12)
                        .as("%s and %s", one.getTextContent(), other.getTextContent())
                        .isTrue();
            }
        }
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    @Test
    void anAxisHasATickAtEachPowerOfTen() {
        LogAxis axis = new LogAxis(0.5, 200, 0, 100);

        assertThat(axis.ticks().stream().filter(LogAxis::isDecade).map(LogAxis::label))
                .containsExactly("1", "10", "100");
        assertThat(axis.at(0.5)).isZero();
        assertThat(axis.at(10)).isEqualTo(50);
    }
}
